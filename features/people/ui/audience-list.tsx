// Owns the audience's lines: of two thousand people only those in sight are drawn, and only their names asked for.
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { PersonRowProps } from './person-row.tsx';

interface AudienceListProps {
  ids: readonly string[];
  scroller: RefObject<HTMLElement | null>;
  label: string;
  row: (id: string, position: NonNullable<PersonRowProps['position']>) => ReactNode;
  onSeen: (ids: string[]) => void;
}

/** The height of `.person` in panel.css. */
const rowPx = 50;
const alsoAround = 8;

export function AudienceList({ ids, scroller, label, row, onSeen }: AudienceListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [above, setAbove] = useState(0);
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => ids[index] ?? index,
    overscan: alsoAround,
    scrollMargin: above,
  });
  // The groups above grow and shrink with who is on stage.
  useLayoutEffect(() => {
    const top = list.current?.offsetTop ?? 0;
    if (top !== above) setAbove(top);
  });
  const seen = rows.getVirtualItems();
  const firstAndLast = `${seen[0]?.key}-${seen.at(-1)?.key}-${ids.length}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in sight is named by its ends.
  useLayoutEffect(() => onSeen(seen.map((one) => ids[one.index] ?? '').filter(Boolean)), [firstAndLast]);
  return (
    <ul ref={list} className="people-far" aria-label={label} style={{ height: rows.getTotalSize() }}>
      {seen.map((one) =>
        row(ids[one.index] ?? '', {
          index: one.index,
          of: ids.length,
          style: { height: rowPx, transform: `translateY(${one.start - above}px)` },
        }),
      )}
    </ul>
  );
}
