// Owns what can be done with people and rooms from the panel, as its parts share it.
import { useMemo, useState } from 'react';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import type { ShownRoom } from './room-lists.ts';

export interface RoomActs {
  move(person: string, room: string | null): void;
  /** Who is being dragged now. */
  dragged: string | null;
  drag(person: string | null): void;
  /** What somebody is, where they are not a participant. */
  markOf(person: string): string | undefined;
  /** The menu "Move to room" of somebody who is in `from`. */
  placesFor(from: string | null, onChoose: (to: string | null) => void): MenuEntry[];
}

export type Act = (type: string, body: Record<string, unknown>) => Promise<boolean>;

export function useRoomActs(
  rooms: readonly ShownRoom[],
  nowhere: string,
  markOf: (person: string) => string | undefined,
  act: Act,
): RoomActs {
  const [dragged, drag] = useState<string | null>(null);
  return useMemo(
    () => ({
      dragged,
      drag,
      markOf,
      move: (person, room) => void act('breakouts.move', { person, room }),
      placesFor: (from, onChoose) => [
        ...rooms
          .filter((room) => room.id !== from && !room.isClosing)
          .map((room) => ({ id: room.id, label: room.name, onAction: () => onChoose(room.id) })),
        ...(from === null ? [] : [{ id: 'none', label: nowhere, onAction: () => onChoose(null) }]),
      ],
    }),
    [rooms, dragged, nowhere, markOf, act],
  );
}
