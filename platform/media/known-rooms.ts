// Owns which LiveKit rooms this server believes to exist, so that a join costs no call for a room that is there.
import type { Sfu } from './sfu.ts';

export interface KnownRooms {
  /** Resolves when the room exists. Many callers at once cause one call. */
  ensure(room: string): Promise<void>;
  /** LiveKit said that it does not have the room. */
  forget(room: string): void;
  /** What LiveKit has now. */
  replace(rooms: readonly string[]): void;
}

export function createKnownRooms(sfu: Pick<Sfu, 'createRoom'>): KnownRooms {
  let known = new Set<string>();
  const creating = new Map<string, Promise<void>>();

  const create = async (room: string) => {
    try {
      await sfu.createRoom(room);
      known.add(room);
    } finally {
      creating.delete(room);
    }
  };

  return {
    ensure(room) {
      if (known.has(room)) return Promise.resolve();
      const underWay = creating.get(room) ?? create(room);
      creating.set(room, underWay);
      return underWay;
    },
    forget: (room) => void known.delete(room),
    replace(rooms) {
      known = new Set(rooms);
    },
  };
}
