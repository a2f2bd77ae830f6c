// Moves between LiveKit rooms at the gate: the next one is entered while the old one stands, a voice is in one place, and an address opens no other room.
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Placement } from './contract.ts';
import type { GateBed } from './testing/gate-bed.ts';
import { inAudience, livekitRoom, nextRoom, onStage, startGateBed } from './testing/gate-bed.ts';

let bed: GateBed;
const moving: Placement = { ...onStage, in: nextRoom, leaving: [livekitRoom] };
const moved: Placement = { ...onStage, in: nextRoom };
const placeIn = (room: string) => `?place=${encodeURIComponent(room)}&join_request=CgA`;

beforeEach(async () => {
  bed = await startGateBed();
});
afterEach(() => bed.stop());

async function inside(person = 'anna') {
  bed.place(person, onStage);
  const { socket } = await bed.enter(person, { query: placeIn(livekitRoom) });
  const livekit = bed.livekit.sockets.at(-1);
  if (!socket || !livekit) throw new Error('no socket');
  bed.livekit.heard.add(`${livekitRoom} ${person}`);
  socket.resume();
  livekit.resume();
  return { browser: socket, livekit };
}

describe('a move', () => {
  it('keeps the socket of the room that is left until it is settled', async () => {
    const { browser } = await inside();
    bed.place('anna', moving);
    expect((await bed.enter('anna', { query: placeIn(nextRoom) })).status).toBe(101);
    expect(browser.closed).toBe(false);
    bed.place('anna', moved);
    await once(browser, 'close');
  });

  it('takes the voice in the old room before LiveKit is asked for the next, whatever the browser does', async () => {
    await inside();
    await inside('ben');
    bed.place('anna', moving);
    await bed.enter('anna', { query: placeIn(nextRoom) });
    expect(bed.livekit.heardWhenAsked.at(-1)).toEqual([`${livekitRoom} ben`]);
  });

  it('does not begin while the voice in the old room cannot be taken', async () => {
    await inside();
    bed.place('anna', moving);
    bed.livekit.apiStatus = 500;
    const entry = bed.enter('anna', { query: placeIn(nextRoom) });
    await vi.waitUntil(() => bed.suspicions() > 0);
    expect(bed.livekit.asked).toHaveLength(1);
    bed.livekit.apiStatus = 200;
    bed.livekitBack.resolve();
    expect((await entry).status).toBe(101);
    expect(bed.livekit.heard.size).toBe(0);
  });

  it('that goes back at once keeps the socket that stands', async () => {
    const { browser } = await inside();
    bed.place('anna', moving);
    const next = (await bed.enter('anna', { query: placeIn(nextRoom) })).socket;
    bed.place('anna', { ...onStage, leaving: [nextRoom] });
    bed.place('anna', onStage);
    next?.resume();
    await once(next as NonNullable<typeof next>, 'close');
    expect(browser.closed).toBe(false);
  });

  it('ends the login in both rooms', async () => {
    await inside();
    bed.place('anna', moving);
    await bed.enter('anna', { query: placeIn(nextRoom) });
    bed.endLogin('anna');
    await vi.waitUntil(() => bed.livekit.removed.length === 2);
  });
});

describe('an address that names its room', () => {
  it('opens no other: neither the one that is left, nor one closed long ago', async () => {
    bed.place('anna', moving);
    for (const room of [livekitRoom, `${livekitRoom}0`, '']) {
      expect(await bed.enter('anna', { query: placeIn(room) })).toMatchObject({ status: 503, code: 'media-moved' });
    }
    expect(bed.livekit.asked).toEqual([]);
    expect((await bed.enter('anna', { query: placeIn(nextRoom) })).status).toBe(101);
    expect(bed.livekit.asked[0]?.url).toBe('/rtc/v1?join_request=CgA');
  });

  it('is refused for good when the person has no place at all', async () => {
    bed.place('anna', { in: null, reason: 'removed' });
    expect(await bed.enter('anna', { query: placeIn(nextRoom) })).toMatchObject({ status: 403, code: 'removed' });
  });

  it('is answered with the room of the newest state, also when the move comes while LiveKit is asked', async () => {
    bed.place('anna', inAudience);
    bed.livekit.answers = ['silence'];
    const entry = bed.enter('anna', { query: placeIn(livekitRoom) });
    await vi.waitUntil(() => bed.livekit.asked.length === 1);
    bed.place('anna', moving);
    expect(await entry).toMatchObject({ status: 503, code: 'media-moved' });
  });
});
