// Owns which words in a Session's log are one person's, and what is stored in their place: an empty text, which nobody can send. Pure.
import type { LoggedEvent } from '#platform/log/contract.ts';
import type { SessionEvent } from './state.ts';

/** By number in the log, the bodies without the person's words. Who did what when stays: without it nothing could be folded. */
export function wordsOf(events: readonly LoggedEvent[], person: string): Map<number, LoggedEvent['body']> {
  const own = `person:${person}`;
  // Who asked anonymously is named in no question that others see.
  const asked = new Set(
    events.flatMap(({ audience, type, body }) => (audience === own && type === 'questions.you-asked' ? [body.question] : [])),
  );
  const isTheirs = (event: LoggedEvent): boolean => {
    const { type, body } = event as LoggedEvent & SessionEvent;
    switch (type) {
      case 'chat.sent':
        return body.author === person;
      case 'questions.published':
      case 'questions.received':
        return asked.has(body.question);
      case 'questions.you-asked':
        return event.audience === own;
      case 'breakouts.noticed':
        return body.by === person;
      default:
        return false;
    }
  };
  const theirs = events.filter((event) => isTheirs(event) && typeof event.body.text === 'string' && event.body.text !== '');
  return new Map(theirs.map(({ rev, body }) => [rev, { ...body, text: '' }]));
}
