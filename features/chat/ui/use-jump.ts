// Owns going to a message that is quoted: older pages are fetched until it is there.
import { useEffect, useState } from 'react';
import type { Chat } from './use-chat.ts';

/** Returns how to go to a message by its key. `onFound` comes before anything is scrolled. */
export function useJump({ hasOlder, isLoading, loadOlder }: Chat, onFound: () => void): (key: string) => void {
  const [sought, setSought] = useState<string | null>(null);
  useEffect(() => {
    if (sought === null || isLoading) return;
    const row = document.getElementById(`message-${sought}`);
    if (row) {
      onFound();
      row.scrollIntoView({ block: 'center' });
      row.focus({ preventScroll: true });
      setSought(null);
    } else if (hasOlder) void loadOlder().catch(() => setSought(null));
    else setSought(null);
  });
  return setSought;
}
