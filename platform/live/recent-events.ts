// Owns the last events of one audience in memory, so that a thousand who reconnect at once cost one query.
import type { Audience, AudienceEvent } from '#platform/log/contract.ts';
import { encodeFrame } from './messages.ts';

/** A viewer who is further behind gets the whole slice. */
export const tailReach = 500;

export class RecentEvents {
  private readonly audience: Audience;
  /** Without a hole, up to the last event shown. */
  private events: AudienceEvent[] = [];
  private lastTail: { from: number; bytes: Buffer } | null = null;
  readonly loaded: Promise<void>;

  /** `load` gives the events after a number, `head` is the last event shown when this begins. */
  constructor(audience: Audience, head: number, load: (afterSeq: number) => Promise<AudienceEvent[]>) {
    this.audience = audience;
    this.loaded = load(Math.max(0, head - tailReach)).then((earlier) => {
      // The database may be ahead of what was shown: those events come by `add`.
      this.events = [...earlier.filter((event) => event.seq <= head), ...this.events];
    });
  }

  add(events: readonly AudienceEvent[]): void {
    this.events.push(...events);
    this.lastTail = null;
    if (this.events.length > 2 * tailReach) this.events.splice(0, this.events.length - tailReach);
  }

  /** A frame of all events after `seq`, or null where they do not reach back that far. Only when `loaded`. */
  tailAfter(seq: number): Buffer | null {
    const index = this.events.findIndex((event) => event.seq === seq + 1);
    if (index < 0) return null;
    if (this.lastTail?.from !== seq) this.lastTail = { from: seq, bytes: encodeFrame(this.audience, this.events.slice(index)) };
    return this.lastTail.bytes;
  }
}
