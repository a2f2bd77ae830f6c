// Owns a list of people that can be moved, and where the focus goes when one of them leaves it.

import { useEffect, useRef } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { PersonPill } from './person-pill.tsx';
import type { RoomActs } from './room-acts.ts';

interface PeoplePillsProps {
  ids: readonly string[];
  /** Null: the unassigned, the main call. */
  room: string | null;
  label: string;
  people: Pick<Directory<PersonSummary>, 'get'>;
  present: Readonly<Record<string, unknown>>;
  acts: RoomActs;
}

export function PeoplePills({ ids, room, label, people, present, acts }: PeoplePillsProps) {
  const list = useRef<HTMLUListElement>(null);
  /** Which of them was moved from here by the menu: the next one takes the focus. */
  const movedFrom = useRef<number | null>(null);
  const count = ids.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one has left when the count has changed.
  useEffect(() => {
    const index = movedFrom.current;
    if (index === null) return;
    movedFrom.current = null;
    const rows = list.current?.children;
    const next = rows?.[Math.min(index, rows.length - 1)]?.querySelector('button') ?? list.current;
    next?.focus({ preventScroll: true });
  }, [count]);
  return (
    <ul ref={list} className="pills" aria-label={label} tabIndex={-1}>
      {ids.map((id, index) => (
        <PersonPill
          key={id}
          id={id}
          person={people.get(id) ?? undefined}
          isAway={!(id in present)}
          mark={acts.markOf(id)}
          entries={acts.placesFor(room, (to) => {
            movedFrom.current = index;
            acts.move(id, to);
          })}
          onDrag={acts.drag}
        />
      ))}
    </ul>
  );
}
