// Owns where a dragged person can be let go: the handlers of a room, or of the unassigned.
import type { DragEvent } from 'react';
import { useState } from 'react';
import type { RoomActs } from './room-acts.ts';

export function useDropPlace(acts: RoomActs, room: string | null, isPossible: boolean) {
  const [isOver, setOver] = useState(false);
  const accepted = isPossible ? acts.dragged : null;
  return {
    isTarget: isOver && accepted !== null,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (accepted === null) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (accepted === null) return;
        event.preventDefault();
        acts.move(accepted, room);
      },
    },
  };
}
