// Owns remembering who may see a stream, so that looking over a LiveKit room full of people does not ask the database for each of them again.
import type { Admission } from '#platform/live/admission.ts';

export interface Sight {
  maySee(streamId: string, identity: string): Promise<boolean>;
  /** The gate has just asked, and the answer was yes. */
  note(streamId: string, identity: string): void;
}

/** Sight of a stream rarely ends; who loses it is out after this time and a sweep. */
const goodForMs = 60_000;
const personId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createSight(admission: Admission): Sight {
  const until = new Map<string, number>();
  let tidiedAt = performance.now();

  const tidy = (now: number) => {
    if (now - tidiedAt < goodForMs) return;
    tidiedAt = now;
    for (const [key, end] of until) if (end < now) until.delete(key);
  };
  const note = (streamId: string, identity: string) => {
    const now = performance.now();
    tidy(now);
    until.set(`${streamId} ${identity}`, now + goodForMs);
  };

  return {
    note,
    async maySee(streamId, identity) {
      // The database would refuse the question, and nobody else in the stream could be looked after.
      if (!personId.test(identity)) return false;
      if ((until.get(`${streamId} ${identity}`) ?? 0) > performance.now()) return true;
      const allowed = await admission.maySee(identity, streamId);
      if (allowed) note(streamId, identity);
      return allowed;
    },
  };
}
