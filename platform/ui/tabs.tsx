// Owns tabs that switch a panel in place: arrow keys move, one tab stop. Tabs that are addresses are the event page's.
import type { KeyboardEvent, ReactNode } from 'react';
import { useId } from 'react';

export interface TabItem<Id extends string> {
  id: Id;
  label: string;
  /** A count (or a mark and a count) beside the label; 0 and undefined show nothing. */
  badge?: number | string;
  badgeTone?: 'plain' | 'accent' | 'wait';
}

interface TabsProps<Id extends string> {
  /** Names the group of tabs. */
  label: string;
  items: readonly TabItem<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
  className?: string;
  /** The content of the selected tab. */
  children: ReactNode;
}

const badgeTones = { plain: '', accent: ' badge--accent', wait: ' badge--wait' } as const;

/** Moves the focus among the tabs of a row; returns the index that is now meant, or null when the key means nothing here. */
export function tabKey(event: KeyboardEvent, index: number, count: number): number | null {
  const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (event.key === 'Home') return 0;
  if (event.key === 'End') return count - 1;
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return null;
  return (index + (event.key === forward ? 1 : -1) + count) % count;
}

export function Tabs<Id extends string>({ label, items, selected, onSelect, className, children }: TabsProps<Id>) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const next = tabKey(event, index, items.length);
    const item = next === null ? undefined : items[next];
    if (!item) return;
    event.preventDefault();
    onSelect(item.id);
    document.getElementById(`${id}-${item.id}`)?.focus();
  };
  return (
    <>
      <div className={className ?? 'tabs'} role="tablist" aria-label={label}>
        {items.map((item, index) => (
          <button
            key={item.id}
            id={`${id}-${item.id}`}
            type="button"
            className="tab"
            role="tab"
            aria-selected={item.id === selected}
            aria-controls={item.id === selected ? `${id}-panel` : undefined}
            tabIndex={item.id === selected ? 0 : -1}
            onClick={() => onSelect(item.id)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {item.label}
            {item.badge ? <span className={`badge${badgeTones[item.badgeTone ?? 'plain']}`}>{item.badge}</span> : null}
          </button>
        ))}
      </div>
      <div className="tabpanel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`}>
        {children}
      </div>
    </>
  );
}
