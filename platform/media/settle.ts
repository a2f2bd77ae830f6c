// Owns making LiveKit agree with one stream's state: look, compare, mend, and look again when the state moved meanwhile. When to do it is reconcile.ts's business.

import type { Admission } from '#platform/live/admission.ts';
import type { Slices } from '#platform/log/contract.ts';
import type { MediaLogger, MediaRules } from './contract.ts';
import type { FreshRead } from './fresh-reads.ts';
import type { Found, Step, Wanted } from './plan.ts';
import { afterStep, planSteps, stillWanted } from './plan.ts';
import type { Sfu } from './sfu.ts';

export interface SettleOptions {
  sfu: Sfu;
  read: FreshRead;
  rules: MediaRules;
  admission: Admission;
  logger: MediaLogger;
}

/** `found` is what LiveKit has now as far as known. `finished`: nothing is left to do. */
export interface Settled {
  found: Found;
  finished: boolean;
}

const callsAtOnce = 8;
const passes = 5;
/** Sight of a stream rarely ends; sweeps come every few seconds, for everybody in it. */
const sightGoodForMs = 60_000;

export const belongsTo = (streamId: string) => (room: string) => room.startsWith(`${streamId}.`);

export function wantedOf(rules: MediaRules, streamId: string, state: Slices, maySee: Wanted['maySee']): Wanted {
  return {
    openRooms: rules.openRoomsOf(state, streamId),
    placementOf: (identity) => rules.placementOf(state, streamId, identity),
    maySee,
  };
}

export type Settle = (streamId: string) => Promise<Settled>;

export function createSettle({ sfu, read, rules, admission, logger }: SettleOptions): Settle {
  const seen = new Map<string, number>();

  async function whoMaySee(streamId: string, found: Found): Promise<Wanted['maySee']> {
    const identities = new Set([...found.values()].flat().map((one) => one.identity));
    const now = performance.now();
    for (const [key, until] of seen) if (until < now) seen.delete(key);
    const allowed = new Set<string>();
    await eachOf([...identities], async (identity) => {
      const key = `${streamId} ${identity}`;
      if (!seen.has(key) && !(await admission.maySee(identity, streamId))) return;
      if (!seen.has(key)) seen.set(key, now + sightGoodForMs);
      allowed.add(identity);
    });
    return (identity) => allowed.has(identity);
  }

  async function look(streamId: string, openRooms: readonly string[]): Promise<Found> {
    const rooms = (await sfu.listRooms()).filter(belongsTo(streamId));
    const people = rooms.map(async (room) => (openRooms.includes(room) ? await sfu.listParticipants(room) : []));
    const lists = await Promise.all(people);
    return new Map(rooms.map((room, at) => [room, lists[at] ?? []]));
  }

  /** True when the step was taken and is still what the state asks for. */
  async function take(streamId: string, step: Step, found: Found, maySee: Wanted['maySee']): Promise<boolean> {
    const asked = async () => {
      const snapshot = await read(streamId);
      return snapshot !== null && stillWanted(step, found, wantedOf(rules, streamId, snapshot.state, maySee));
    };
    if (!(await asked())) return false;
    await call(sfu, step);
    logger.info({ streamId, ...nameOf(step) }, 'LiveKit differed from the state and was mended');
    return asked();
  }

  return async (streamId) => {
    let found: Found = new Map();
    for (let pass = 1; pass <= passes; pass += 1) {
      const snapshot = await read(streamId);
      if (!snapshot) return { found, finished: true };
      found = await look(streamId, rules.openRoomsOf(snapshot.state, streamId));
      const maySee = await whoMaySee(streamId, found);
      const asFound = found;
      let moved = false;
      let failed = false;
      await eachOf(planSteps(found, wantedOf(rules, streamId, snapshot.state, maySee)), async (step) => {
        try {
          if (await take(streamId, step, asFound, maySee)) found = afterStep(found, step);
          else moved = true;
        } catch (error) {
          failed = true;
          logger.warn({ error, streamId, ...nameOf(step) }, 'LiveKit could not be mended');
        }
      });
      if (failed || !moved) return { found, finished: !failed };
    }
    return { found, finished: false };
  };
}

function call(sfu: Sfu, step: Step): Promise<void> {
  switch (step.do) {
    case 'create-room':
      return sfu.createRoom(step.room);
    case 'delete-room':
      return sfu.deleteRoom(step.room);
    case 'remove':
      return sfu.removeParticipant(step.room, step.identity);
    case 'permit':
      return sfu.permit(step.room, step.identity, step.permission);
  }
}

const nameOf = (step: Step) => ({ step: step.do, room: step.room, ...('identity' in step ? { identity: step.identity } : {}) });

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(callsAtOnce, items.length) }, worker));
}
