// Owns which words in a conversation's log are one person's, and what is stored in their place. Pure.
import type { LoggedEvent } from '#platform/log/contract.ts';

/** Of the team. The conversations of who asked go as a whole. */
export function supportWordsOf(events: readonly LoggedEvent[], person: string): Map<number, LoggedEvent['body']> {
  const theirs = events.filter(({ type, body }) => type === 'support.sent' && body.author === person && body.text !== '');
  return new Map(theirs.map(({ rev, body }) => [rev, { ...body, text: '' }]));
}
