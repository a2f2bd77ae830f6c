// Owns the order of the desk: who waits, oldest first; mine; those of each colleague. Pure.
import type { DeskConversation } from '../contract.ts';

export interface DeskGroups {
  waiting: DeskConversation[];
  mine: DeskConversation[];
  others: { by: string; conversations: DeskConversation[] }[];
}

/** The server sends them by the time they have waited; within a group that order stays. */
export function deskGroups(open: readonly DeskConversation[], self: string): DeskGroups {
  const by = [...new Set(open.flatMap((one) => (one.takenBy && one.takenBy !== self ? [one.takenBy] : [])))].sort();
  return {
    waiting: open.filter((one) => one.takenBy === null),
    mine: open.filter((one) => one.takenBy === self),
    others: by.map((id) => ({ by: id, conversations: open.filter((one) => one.takenBy === id) })),
  };
}

/** 4:12, or 1:04:12. */
export function waitText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
