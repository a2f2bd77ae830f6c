// One stream made to agree, by a server that is told of nothing: the head is read again around each call, and what moved meanwhile is done again.
import { randomUUID } from 'node:crypto';
import { TrackSource } from 'livekit-server-sdk';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Slices } from '#platform/log/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import type { Placement } from './contract.ts';
import type { Permission } from './grants.ts';
import { permissionOf } from './grants.ts';
import type { Participant } from './plan.ts';
import { createSettle } from './settle.ts';
import type { ListedRoom, Sfu } from './sfu.ts';

const streamId = randomUUID();
const room = `${streamId}.main.1`;
const audience = { in: room, publish: [], hidden: true, onStage: false } satisfies Placement;
const onStage = { in: room, publish: ['camera'], hidden: false, onStage: true } satisfies Placement;
const removed: Placement = { in: null, reason: 'removed' };

interface State {
  anna: Placement;
  open: string[];
}

let anna: Placement;
let open: string[];
let there: Participant[];
let rooms: ListedRoom[];
let isDeleted: boolean;
let calls: string[];
/** What happens elsewhere while LiveKit answers this call. */
let during: Record<string, () => void>;

beforeEach(() => {
  anna = audience;
  open = [room];
  there = [{ identity: 'anna', sid: 'PA_1', admitted: true, sending: [], permission: permissionOf(audience, true) }];
  rooms = [{ name: room, isOurs: true }];
  isDeleted = false;
  calls = [];
  during = {};
});

async function answer<T>(call: string, result: T): Promise<T> {
  calls.push(call);
  const happens = during[call];
  delete during[call];
  happens?.();
  return result;
}

const sfu: Sfu = {
  tokenFor: async () => '',
  listRooms: () => answer('list rooms', rooms),
  listParticipants: () => answer('list people', [...there]),
  findParticipant: async () => null,
  createRoom: () => answer('create', undefined),
  deleteRoom: () => answer('delete', undefined),
  removeParticipant: async (_room, identity) => {
    there = there.filter((one) => one.identity !== identity);
    await answer('remove', undefined);
  },
  permit: async (_room, identity, permission: Permission) => {
    there = there.map((one) => (one.identity === identity ? { ...one, permission } : one));
    await answer(permission.canPublish ? 'grant' : 'revoke', undefined);
  },
  mute: () => answer('mute', undefined),
};
const settle = createSettle({
  sfu,
  read: async () =>
    isDeleted ? null : { streamId, head: 1, heads: new Map(), state: { all: { anna, open } } as Slices, lastAt: null },
  rules: {
    placementOf: (state) => (state.all as State).anna,
    openRoomsOf: (state) => (state.all as State).open,
  },
  sight: { maySee: async () => true, ask: async () => true, forget: () => undefined },
  logger: createLogger('silent'),
});
const changes = () => calls.filter((call) => !call.startsWith('list'));

describe('settling a stream', () => {
  it('does nothing where all is well', async () => {
    expect(await settle(streamId, null)).toMatchObject({ finished: true });
    expect(changes()).toEqual([]);
  });

  it('does not take a step that was overtaken before its call', async () => {
    anna = removed;
    during['list people'] = () => {
      anna = audience;
    };
    expect(await settle(streamId, null)).toMatchObject({ finished: true });
    expect(changes()).toEqual([]);
  });

  it('takes back what was overtaken during its call', async () => {
    anna = onStage;
    during.grant = () => {
      anna = audience;
    };
    expect(await settle(streamId, null)).toMatchObject({ finished: true });
    expect(changes()).toEqual(['grant', 'revoke']);
    expect(there[0]?.permission).toMatchObject({ canPublish: false, hidden: false });
  });

  it('believes what it is told of LiveKit only until that proves wrong', async () => {
    anna = onStage;
    const believed = new Map([[room, [...there]]]);
    during.grant = () => {
      anna = removed;
    };
    expect(await settle(streamId, believed)).toMatchObject({ finished: true });
    expect(calls).toEqual(['grant', 'list rooms', 'list people', 'remove']);
  });

  it('deletes the rooms of a Session that is gone, but for those that another installation made', async () => {
    isDeleted = true;
    rooms = [
      { name: room, isOurs: true },
      { name: `${streamId}.r1.1`, isOurs: false },
      { name: `${randomUUID()}.main.1`, isOurs: true },
    ];
    expect(await settle(streamId, null)).toEqual({ found: new Map(), finished: true });
    expect(calls).toEqual(['list rooms', 'delete']);
  });

  it('needs no list of its own where one was just made', async () => {
    anna = removed;
    expect(await settle(streamId, null, rooms)).toMatchObject({ finished: true });
    expect(calls).toEqual(['list people', 'remove']);
  });

  it('mutes what is sent though the state has it off, unless it was switched on meanwhile', async () => {
    const heard = permissionOf(onStage, false);
    const sending = [{ track: 'TR_1', source: TrackSource.CAMERA }];
    there = [{ identity: 'anna', sid: 'PA_1', admitted: true, sending, permission: heard }];
    anna = { ...onStage, on: [] };
    during['list people'] = () => {
      anna = onStage;
    };
    expect(await settle(streamId, null)).toMatchObject({ finished: true });
    expect(changes()).toEqual([]);
    anna = { ...onStage, on: [] };
    const { found } = await settle(streamId, null);
    expect(changes()).toEqual(['mute']);
    expect(await settle(streamId, found)).toMatchObject({ finished: true });
    expect(changes()).toEqual(['mute']);
  });

  it('says so when a call failed, having taken the other steps', async () => {
    there.push({ identity: 'ben', sid: 'PA_2', admitted: true, sending: [], permission: permissionOf(audience, true) });
    anna = removed;
    during.remove = () => {
      throw new Error('LiveKit hangs');
    };
    expect(await settle(streamId, null)).toMatchObject({ finished: false });
    expect(changes()).toEqual(['remove', 'remove']);
  });

  it('gives a voice in one room only once it is taken in the other', async () => {
    const next = `${room}0`;
    const heard = permissionOf(onStage, false);
    const people: Record<string, Participant> = {
      [next]: { identity: 'anna', sid: 'PA_2', admitted: true, sending: [], permission: permissionOf(audience, true) },
      [room]: { identity: 'anna', sid: 'PA_1', admitted: true, sending: [], permission: heard },
    };
    anna = { ...onStage, in: next, leaving: [room] };
    open = [next, room];
    const found = new Map(Object.entries(people).map(([name, one]) => [name, [one]]));
    during.revoke = () => {
      throw new Error('LiveKit hangs');
    };
    expect(await settle(streamId, found)).toMatchObject({ finished: false });
    expect(changes()).toEqual(['revoke']);
    calls = [];
    expect(await settle(streamId, found)).toMatchObject({ finished: true });
    expect(changes()).toEqual(['revoke', 'grant']);
  });

  it('gives up for now where the state never rests', async () => {
    anna = onStage;
    const restless = () => {
      anna = anna === onStage ? audience : onStage;
      during = { grant: restless, revoke: restless };
    };
    during = { grant: restless };
    expect(await settle(streamId, null)).toMatchObject({ finished: false });
  });
});
