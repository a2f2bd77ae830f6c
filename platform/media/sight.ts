// Owns remembering who may see a stream, so that looking over a LiveKit room full of people does not ask the database for each of them again.
import type { Admission } from '#platform/live/admission.ts';

export interface Sight {
  maySee(streamId: string, identity: string): Promise<boolean>;
  /** About somebody with a login in hand: asks whatever is remembered, and remembers the answer. */
  ask(streamId: string, identity: string): Promise<boolean>;
  /** Somebody may have lost sight: what is remembered is worth nothing, nor what is being answered. */
  forget(): void;
}

/** Sight of a stream rarely ends; who loses it is out after this time and a sweep. */
const goodForMs = 60_000;
const personId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `isSignedIn` is asked about those who are in a LiveKit room: the gate that let them in may have died before it could take them out. */
export function createSight(admission: Admission, isSignedIn: (personId: string) => Promise<boolean> = async () => true): Sight {
  const until = new Map<string, number>();
  let tidiedAt = performance.now();
  let forgotten = 0;

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

  const lookUp = async (streamId: string, identity: string, knownByLogin: boolean) => {
    const before = forgotten;
    const allowed = (await admission.maySee(identity, streamId)) && (knownByLogin || (await isSignedIn(identity)));
    if (allowed && before === forgotten) note(streamId, identity);
    return allowed;
  };

  return {
    ask: (streamId, identity) => lookUp(streamId, identity, true),
    forget() {
      forgotten += 1;
      until.clear();
    },
    async maySee(streamId, identity) {
      // The database would refuse the question, and nobody else in the stream could be looked after.
      if (!personId.test(identity)) return false;
      if ((until.get(`${streamId} ${identity}`) ?? 0) > performance.now()) return true;
      return lookUp(streamId, identity, false);
    },
  };
}
