// Owns folding logged events into a snapshot. Pure; the browser folds the same slices with the same evolve.
import type { Audience, AudienceEvent, Decider, DraftEvent, LoggedEvent, Slices, Snapshot } from './contract.ts';

export function emptySnapshot(streamId: string): Snapshot {
  return { streamId, head: 0, heads: new Map(), state: {}, lastAt: null };
}

export function fold(decider: Decider, before: Snapshot, events: readonly LoggedEvent[]): Snapshot {
  if (events.length === 0) return before;
  const state: Slices = { ...before.state };
  const heads = new Map(before.heads);
  let { head, lastAt } = before;
  for (const event of events) {
    const slice = state[event.audience] ?? decider.initialSlice(event.audience);
    state[event.audience] = decider.evolveSlice(event.audience, slice, event);
    heads.set(event.audience, event.seq);
    head = event.rev;
    lastAt = event.at;
  }
  return { streamId: before.streamId, head, heads, state, lastAt };
}

/** Numbers and dates drafts as they will stand in the log after `before`. */
export function number(
  decider: Pick<Decider, 'versionOf'>,
  before: Snapshot,
  drafts: readonly DraftEvent[],
  at: string,
): LoggedEvent[] {
  const next = new Map<Audience, number>();
  return drafts.map(({ audience, type, body }, index) => {
    const seq = (next.get(audience) ?? before.heads.get(audience) ?? 0) + 1;
    next.set(audience, seq);
    return { rev: before.head + index + 1, audience, seq, type, v: decider.versionOf?.(type) ?? 1, at, body };
  });
}

/** What a viewer may see of a logged event: not its place among the events of other audiences. */
export function forAudience({ seq, type, v, at, body }: LoggedEvent): AudienceEvent {
  return { seq, type, v, at, body };
}
