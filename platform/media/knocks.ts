// Owns how often one person may ask at the gate: each question costs reads of the database, and each entry a connection to LiveKit.
import type { Rate } from '#platform/live/rate-limit.ts';
import { RateLimit } from '#platform/live/rate-limit.ts';

export interface Knocks {
  /** False: too often. */
  allow(personId: string, nowMs: number): boolean;
}

/** A page asks once, and some times a second at worst: while LiveKit is away, and when it moves. */
const defaultRate: Rate = { perSecond: 5, burst: 60 };

export function createKnocks(rate: Rate = defaultRate): Knocks {
  /** After so long without a question, nothing of it counts any more. */
  const forgottenAfterMs = (rate.burst / rate.perSecond) * 1000;
  let recent = new Map<string, RateLimit>();
  let older = new Map<string, RateLimit>();
  let turnedAtMs = 0;

  return {
    allow(personId, nowMs) {
      if (nowMs - turnedAtMs > forgottenAfterMs) {
        older = recent;
        recent = new Map();
        turnedAtMs = nowMs;
      }
      const limit = recent.get(personId) ?? older.get(personId) ?? new RateLimit(rate, nowMs);
      recent.set(personId, limit);
      return limit.take(nowMs) === 0;
    },
  };
}
