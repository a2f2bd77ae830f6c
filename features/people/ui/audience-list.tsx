// Owns the audience's lines: of two thousand people only those in sight are drawn, and only their names asked for.
import type { ReactNode, RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { PersonRowProps } from './person-row.tsx';
import type { Rows } from './visible-rows.ts';
import { visibleRows } from './visible-rows.ts';

interface AudienceListProps {
  ids: readonly string[];
  scroller: RefObject<HTMLElement | null>;
  label: string;
  row: (id: string, position: NonNullable<PersonRowProps['position']>) => ReactNode;
  onSeen: (ids: readonly string[]) => void;
}

/** The height of a line of the audience; people.css draws it so. */
const rowPx = 50;
const alsoAround = 10;

export function AudienceList({ ids, scroller, label, row, onSeen }: AudienceListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [rows, setRows] = useState<Rows>({ first: 0, end: 0 });
  // After each drawing as well: the groups above grow and shrink with who is on stage. Not a layout effect: the scroller is
  // an ancestor, whose reference is set later.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const top = element.scrollTop - (list.current?.offsetTop ?? 0);
      const next = visibleRows(ids.length, rowPx, top, element.clientHeight, alsoAround);
      setRows((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  });
  const seen = ids.slice(rows.first, rows.end);
  const named = seen.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `named` changes exactly when `seen` does, which is a new list each time.
  useEffect(() => onSeen(seen), [named, onSeen]);
  return (
    <ul ref={list} className="people-far" aria-label={label} style={{ height: ids.length * rowPx }}>
      {seen.map((id, index) =>
        row(id, {
          index: rows.first + index,
          of: ids.length,
          style: { height: rowPx, transform: `translateY(${(rows.first + index) * rowPx}px)` },
        }),
      )}
    </ul>
  );
}
