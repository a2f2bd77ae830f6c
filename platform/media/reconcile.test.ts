// The reconciler with a LiveKit in memory: whatever happens in whatever order, LiveKit ends up as the state says, without waiting for a sweep.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { TrackSource } from 'livekit-server-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LoggedEvent, Slices, Snapshot } from '#platform/log/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import type { Placement } from './contract.ts';
import { createFreshReads } from './fresh-reads.ts';
import type { Permission } from './grants.ts';
import { permissionOf } from './grants.ts';
import { createKnownRooms } from './known-rooms.ts';
import type { Participant } from './plan.ts';
import { participantStep } from './plan.ts';
import { Reconciler } from './reconcile.ts';
import { createSettle, wantedOf } from './settle.ts';
import type { Sfu } from './sfu.ts';
import { createSight } from './sight.ts';
import { createWatches } from './watches.ts';

const streamId = randomUUID();
const [anna, ben, cara] = [randomUUID(), randomUUID(), randomUUID()];
const room = `${streamId}.main.1`;
const audience: Placement = { in: room, publish: [], hidden: true, onStage: false };
const onStage: Placement = { in: room, publish: ['camera', 'microphone'], hidden: false, onStage: true };
const removed: Placement = { in: null, reason: 'removed' };

interface State {
  open: string[];
  people: Record<string, Placement>;
}

/** LiveKit as far as the reconciler sees it. Each call takes as long as `delay` says. */
function memoryLivekit(delay: () => Promise<void>) {
  const rooms = new Map<string, Participant[]>();
  let calls = 0;
  /** `now`, `most`: rooms looked into at the same time. */
  const lists = { away: false, asked: 0, now: 0, most: 0 };
  const answer = async <T>(work: () => T): Promise<T> => {
    calls += 1;
    await delay();
    if (lists.away) throw new Error('connection refused');
    const result = work();
    await delay();
    return result;
  };
  const change = (name: string, identity: string, to: (one: Participant) => Participant[]) =>
    answer(() => {
      const people = rooms.get(name);
      if (people)
        rooms.set(
          name,
          people.flatMap((one) => (one.identity === identity ? to(one) : [one])),
        );
    });
  const sfu: Sfu = {
    tokenFor: async () => 'token',
    listRooms: () => {
      lists.asked += 1;
      return answer(() => [...rooms.keys()].map((name) => ({ name, isOurs: true })));
    },
    listParticipants: async (name) => {
      lists.now += 1;
      lists.most = Math.max(lists.most, lists.now);
      return answer(() => [...(rooms.get(name) ?? [])]).finally(() => {
        lists.now -= 1;
      });
    },
    findParticipant: async () => null,
    createRoom: (name) => answer(() => void rooms.set(name, rooms.get(name) ?? [])),
    deleteRoom: (name) => answer(() => void rooms.delete(name)),
    removeParticipant: (name, identity) => change(name, identity, () => []),
    permit: (name, identity, permission) => change(name, identity, (one) => [{ ...one, permission }]),
    mute: (name, identity, muted) =>
      change(name, identity, (one) => [{ ...one, sending: one.sending.filter(({ track }) => track !== muted) }]),
  };
  const join = (name: string, identity: string, permission: Permission): Participant | null => {
    const people = rooms.get(name);
    if (!people) return null;
    const one = { identity, sid: randomUUID(), permission, sending: [], admitted: true };
    rooms.set(name, [...people.filter((other) => other.identity !== identity), one]);
    return one;
  };
  return { sfu, rooms, join, lists, calls: () => calls };
}

let reconciler: Reconciler | undefined;
afterEach(async () => {
  await reconciler?.stop();
});

async function startBed({
  delay = async () => undefined,
  sweepMs = 600_000,
  isSignedIn,
  otherStreams = [],
}: {
  delay?: () => Promise<void>;
  sweepMs?: number;
  isSignedIn?: (person: string) => Promise<boolean>;
  otherStreams?: string[];
} = {}) {
  const livekit = memoryLivekit(delay);
  let state: State = { open: [room], people: {} };
  let head = 1;
  const followers = new Set<(batch: LoggedEvent[], after: Snapshot) => void>();
  const snapshot = (): Snapshot => ({ streamId, head, heads: new Map(), state: { all: state } as Slices, lastAt: null });
  const log = {
    read: async () => {
      const now = snapshot();
      await delay();
      return now;
    },
    follow: async (_id: string, onBatch: (batch: LoggedEvent[], after: Snapshot) => void) => {
      followers.add(onBatch);
      return () => void followers.delete(onBatch);
    },
  };
  const rules = {
    placementOf: (slices: Slices, _id: string, person: string) => (slices.all as State).people[person] ?? removed,
    openRoomsOf: (slices: Slices, id: string) => (slices.all as State).open.map((name) => name.replace(streamId, id)),
  };
  const watches = createWatches(log, (id) => reconciler?.onChange(id, []));
  const read = createFreshReads(log);
  const sight = createSight({ maySee: async (person) => person !== 'listener' }, isSignedIn);
  const logger = createLogger('silent');
  reconciler = new Reconciler({
    sfu: livekit.sfu,
    settle: createSettle({ sfu: livekit.sfu, read, rules, sight, logger }),
    read,
    sight,
    rules,
    rooms: createKnownRooms(livekit.sfu),
    watches,
    leases: { tryHold: async () => true, tryHoldAll: async (ids) => new Set(ids) },
    logger,
    listStreams: async () => [streamId, ...otherStreams],
    gateStreams: () => [],
    sweepMs,
  });
  const bed = {
    livekit,
    reconciler,
    change(next: Partial<State>) {
      state = { ...state, ...next };
      head += 1;
      for (const follower of followers) follower([], snapshot());
    },
    place: (person: string, placement: Placement) => bed.change({ people: { ...state.people, [person]: placement } }),
    /** Somebody joins with a token that was made for `placement`; LiveKit tells of it. */
    arrive(person: string, placement: Placement) {
      if (placement.in === null) return;
      const one = livekit.join(placement.in, person, permissionOf(placement, placement.hidden));
      if (one) void bed.reconciler.onSeen(placement.in, one);
    },
    agrees() {
      const wanted = wantedOf(rules, streamId, { all: state } as Slices, (identity) => identity !== 'listener');
      const sameRooms = [...livekit.rooms.keys()].sort().join() === [...state.open].sort().join();
      return (
        sameRooms && [...livekit.rooms].every(([name, people]) => people.every((one) => !participantStep(name, one, wanted)))
      );
    },
  };
  await vi.waitUntil(() => livekit.rooms.has(room) && followers.size > 0);
  return bed;
}

describe('reconciler', () => {
  it('takes out who has signed out, though nobody remembers letting them in, as often as LiveKit refuses', async () => {
    const signedIn = new Set<string>([anna, ben]);
    const bed = await startBed({ sweepMs: 20, isSignedIn: async (person) => signedIn.has(person) });
    const remove = bed.livekit.sfu.removeParticipant;
    let refusals = 0;
    bed.livekit.sfu.removeParticipant = (name, identity) => {
      if (refusals === 3) return remove(name, identity);
      refusals += 1;
      return Promise.reject(new Error('LiveKit refuses'));
    };
    for (const person of [anna, ben, cara]) {
      bed.place(person, audience);
      bed.arrive(person, audience);
    }
    const inside = () => bed.livekit.rooms.get(room)?.map(({ identity }) => identity);
    await vi.waitUntil(() => inside()?.length === 2, 5000);
    expect(inside()).toEqual([anna, ben]);
    expect(refusals).toBe(3);
  });

  it('gives and takes rights, removes people, makes and deletes rooms as the state goes on', async () => {
    const bed = await startBed();
    bed.place(anna, audience);
    bed.arrive(anna, audience);
    bed.place(anna, onStage);
    await vi.waitUntil(() => bed.livekit.rooms.get(room)?.[0]?.permission.canPublish);
    bed.place(anna, removed);
    await vi.waitUntil(() => bed.livekit.rooms.get(room)?.length === 0);
    bed.change({ open: [`${streamId}.main.2`] });
    await vi.waitUntil(() => bed.agrees());
    bed.change({ open: [] });
    await vi.waitUntil(() => bed.agrees());
  });

  it('needs one call to change the rights of somebody it knows', async () => {
    const bed = await startBed();
    bed.place(anna, audience);
    bed.arrive(anna, audience);
    await vi.waitUntil(() => bed.agrees());
    await new Promise((resolve) => setTimeout(resolve, 0));
    const before = bed.livekit.calls();
    bed.place(anna, onStage);
    await vi.waitUntil(() => bed.agrees());
    expect(bed.livekit.calls() - before).toBe(1);
  });

  it('asks LiveKit nothing while nothing changes for it', async () => {
    const bed = await startBed();
    for (const person of [anna, ben, cara]) {
      bed.place(person, audience);
      bed.arrive(person, audience);
    }
    await vi.waitUntil(() => bed.agrees());
    await new Promise((resolve) => setTimeout(resolve, 0));
    const before = bed.livekit.calls();
    for (let at = 0; at < 50; at += 1) bed.change({});
    bed.place(ben, onStage);
    await vi.waitUntil(() => bed.agrees());
    expect(bed.livekit.calls() - before).toBe(1);
  });

  it('looks every second while LiveKit is away, and makes the rooms again when it is back', async () => {
    const bed = await startBed();
    bed.livekit.lists.away = true;
    bed.livekit.rooms.clear();
    bed.reconciler.suspect();
    await vi.waitUntil(() => bed.reconciler.awaySince() !== null, 3000);
    bed.livekit.lists.away = false;
    await vi.waitUntil(() => bed.livekit.rooms.has(room), 3000);
    expect(bed.reconciler.awaySince()).toBeNull();
  });

  it('mutes at the next sweep what is sent though the state has it off, as often as it is sent again', async () => {
    const bed = await startBed({ sweepMs: 20 });
    bed.place(anna, { ...onStage, on: ['camera'] } as Placement);
    bed.arrive(anna, onStage);
    const sent = (track: string, source: TrackSource) => {
      const [one] = bed.livekit.rooms.get(room) ?? [];
      if (one) bed.livekit.rooms.set(room, [{ ...one, sending: [...one.sending, { track, source }] }]);
    };
    const sending = () => bed.livekit.rooms.get(room)?.[0]?.sending.map(({ track }) => track);
    sent('TR_c', TrackSource.CAMERA);
    for (const track of ['TR_1', 'TR_2']) {
      sent(track, TrackSource.MICROPHONE);
      await vi.waitUntil(() => sending()?.join() === 'TR_c');
    }
    bed.place(anna, { ...onStage, on: ['camera', 'microphone'] } as Placement);
    sent('TR_3', TrackSource.MICROPHONE);
    bed.livekit.rooms.set(`${streamId}.old.1`, []);
    await vi.waitUntil(() => !bed.livekit.rooms.has(`${streamId}.old.1`));
    expect(sending()).toEqual(['TR_c', 'TR_3']);
  });

  it('sweeps over many streams with one list of rooms, and a few of them at a time', async () => {
    const otherStreams = Array.from({ length: 100 }, () => randomUUID());
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
    const bed = await startBed({ delay: pause, sweepMs: 50, otherStreams });
    await vi.waitUntil(() => bed.livekit.rooms.size === 101, 10_000);
    Object.assign(bed.livekit.lists, { asked: 0, most: 0 });
    const before = bed.livekit.calls();
    await vi.waitUntil(() => bed.livekit.calls() - before > 5 * 102, 10_000);
    const { asked, most } = bed.livekit.lists;
    // Not one for each stream: there would be as many lists as looks into rooms.
    expect(asked).toBeLessThan((bed.livekit.calls() - before) / 20);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(16);
  });

  it('leaves rooms of others alone', async () => {
    const bed = await startBed({ sweepMs: 20 });
    for (const name of ['somebody-elses', `x${room}`, `${streamId}`, '']) bed.livekit.rooms.set(name, []);
    bed.livekit.rooms.set(`${streamId}.old.1`, []);
    await vi.waitUntil(() => !bed.livekit.rooms.has(`${streamId}.old.1`));
    expect([...bed.livekit.rooms.keys()].sort()).toEqual([room, 'somebody-elses', `x${room}`, streamId, ''].sort());
  });

  it('ends with LiveKit as the state says, however changes, joins and slow answers fall', async () => {
    const action = fc.record({
      person: fc.constantFrom(anna, ben, cara, 'listener'),
      placement: fc.constantFrom(audience, onStage, removed),
      joins: fc.boolean(),
      reopens: fc.constantFrom(false, false, false, true),
      waits: fc.integer({ min: 0, max: 3 }),
    });
    const pause = (turns: number) => new Promise<void>((resolve) => setTimeout(resolve, turns));
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 3, maxLength: 25 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
        async (actions, delays) => {
          const bed = await startBed({ delay: () => pause(delays.next().value ?? 0) });
          for (const { person, placement, joins, reopens, waits } of actions) {
            // A token made for the state before can arrive after the change.
            if (joins) bed.arrive(person, placement);
            bed.place(person, placement);
            if (reopens) bed.livekit.rooms.delete(room);
            if (reopens) bed.reconciler.suspect();
            await pause(waits);
          }
          try {
            await vi.waitUntil(() => bed.agrees(), { timeout: 4000, interval: 5 });
          } finally {
            await bed.reconciler.stop();
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});
