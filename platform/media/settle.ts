// Owns making LiveKit agree with one stream's state: look, compare, mend, and look again when the state moved meanwhile. When to do it is reconcile.ts's business.

import type { Slices } from '#platform/log/contract.ts';
import type { MediaLogger, MediaRules } from './contract.ts';
import type { FreshRead } from './fresh-reads.ts';
import type { Found, Step, Wanted } from './plan.ts';
import { afterStep, gives, planSteps, remembered, stillWanted } from './plan.ts';
import { streamOf } from './room-names.ts';
import type { ListedRoom, Sfu } from './sfu.ts';
import type { Sight } from './sight.ts';

export interface SettleOptions {
  sfu: Sfu;
  read: FreshRead;
  rules: MediaRules;
  sight: Sight;
  logger: MediaLogger;
}

/** `found` is what LiveKit has now, as far as that can be known without looking again. `finished`: nothing is left to do. */
export interface Settled {
  found: Found;
  finished: boolean;
}

const callsAtOnce = 8;
const passes = 5;

export function wantedOf(rules: MediaRules, streamId: string, state: Slices, maySee: Wanted['maySee']): Wanted {
  return {
    openRooms: rules.openRoomsOf(state, streamId),
    placementOf: (identity) => rules.placementOf(state, streamId, identity),
    maySee,
  };
}

/**
 * With `known`, what LiveKit is believed to have is taken for granted: one call instead of looking first. A sweep looks soon after.
 * `listed`: the stream's rooms, for who has just listed all of them.
 */
export type Settle = (streamId: string, known: Found | null, listed?: readonly ListedRoom[]) => Promise<Settled>;

export function createSettle({ sfu, read, rules, sight, logger }: SettleOptions): Settle {
  async function whoMaySee(streamId: string, found: Found): Promise<Wanted['maySee']> {
    const identities = new Set([...found.values()].flat().map((one) => one.identity));
    const allowed = new Set<string>();
    await eachOf([...identities], async (identity) => {
      if (await sight.maySee(streamId, identity)) allowed.add(identity);
    });
    return (identity) => allowed.has(identity);
  }

  const list = async (streamId: string) => (await sfu.listRooms()).filter(({ name }) => streamOf(name) === streamId);

  async function look(listed: readonly ListedRoom[], openRooms: readonly string[]): Promise<Found> {
    const rooms = listed.map(({ name }) => name);
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

  /** One comparison. `moved`: the state went on meanwhile, so that it must be compared again. */
  async function mend(streamId: string, state: Slices, found: Found, maySee: Wanted['maySee']) {
    const outcome = { found, moved: false, failed: false };
    const stillHeard = new Set<string>();
    const carryOut = async (step: Step) => {
      try {
        if (gives(step) && stillHeard.has(step.identity)) throw new Error('still heard elsewhere');
        if (await take(streamId, step, found, maySee)) outcome.found = afterStep(outcome.found, step);
        else outcome.moved = true;
      } catch (error) {
        outcome.failed = true;
        if ('identity' in step) stillHeard.add(step.identity);
        logger.warn({ error, streamId, ...nameOf(step) }, 'LiveKit could not be mended');
      }
    };
    const steps = planSteps(found, wantedOf(rules, streamId, state, maySee));
    await eachOf(
      steps.filter((step) => !gives(step)),
      carryOut,
    );
    await eachOf(steps.filter(gives), carryOut);
    return outcome;
  }

  /** Their Session was deleted. LiveKit would keep them, and those inside together, until the last has left. */
  async function clear(streamId: string, listed: readonly ListedRoom[]): Promise<Settled> {
    for (const { name } of listed.filter(({ isOurs }) => isOurs)) {
      await sfu.deleteRoom(name);
      logger.info({ streamId, room: name }, 'a LiveKit room of a Session that is gone was deleted');
    }
    return { found: new Map(), finished: true };
  }

  return async (streamId, known, listed) => {
    let found: Found = known ?? new Map();
    for (let pass = 1; pass <= passes; pass += 1) {
      const snapshot = await read(streamId);
      const there = async () => (pass === 1 && listed) || (await list(streamId));
      if (!snapshot) return clear(streamId, await there());
      const believed = pass === 1 ? known : null;
      if (!believed) found = await look(await there(), rules.openRoomsOf(snapshot.state, streamId));
      const maySee = believed ? () => true : await whoMaySee(streamId, found);
      const outcome = await mend(streamId, snapshot.state, found, maySee);
      found = remembered(outcome.found);
      if (outcome.failed || !outcome.moved) return { found, finished: !outcome.failed };
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
    case 'mute':
      return sfu.mute(step.room, step.identity, step.track);
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
