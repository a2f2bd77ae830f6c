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
const firstGuess = 16;

export function AudienceList({ ids, scroller, label, row, onSeen }: AudienceListProps) {
  const list = useRef<HTMLUListElement>(null);
  // The first drawing measures nothing, which would lay the page out in its midst: a screenful is a good guess.
  const [rows, setRows] = useState<Rows>({ first: 0, end: firstGuess });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const top = element.scrollTop - (list.current?.offsetTop ?? 0);
      const next = visibleRows(ids.length, rowPx, top, element.clientHeight, alsoAround);
      setRows((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    element.addEventListener('scroll', look, { passive: true });
    // Tells after the layout of each frame in which something grew, the first one included: reading is free then.
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, ids.length]);
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
