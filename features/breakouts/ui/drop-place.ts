// Owns where a dragged person can be let go: the handlers of a room, or of the unassigned.
import type { DragEvent } from 'react';
import { useState } from 'react';
import { draggedPerson } from './person-pill.tsx';
import type { RoomActs } from './room-acts.ts';

export function useDropPlace(acts: RoomActs, room: string | null, isPossible: boolean) {
  const [isOver, setOver] = useState(false);
  const accepts = (event: DragEvent) => isPossible && event.dataTransfer.types.includes(draggedPerson);
  return {
    isTarget: isOver && acts.dragged !== null,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!accepts(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!accepts(event)) return;
        event.preventDefault();
        acts.move(event.dataTransfer.getData(draggedPerson), room);
      },
    },
  };
}
