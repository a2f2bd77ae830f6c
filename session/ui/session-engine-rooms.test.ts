// Going into breakout rooms and back, against the whole Session in memory: which connection, whose switches, what carries over.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { breakoutRoom, mainCallRoom } from '#session/placement.ts';
import { asParticipant, asSpeaker, guest, host, system, visitor } from '#session/testing.ts';
import type { EngineBed, FakeCall } from './engine-bed.ts';
import { createEngineBed, sessionId } from './engine-bed.ts';
import type { Entry } from './entry-memory.ts';

const main = mainCallRoom(sessionId, 1);
const roomOne = breakoutRoom(sessionId, 'r1', 1);
const roomTwo = breakoutRoom(sessionId, 'r2', 1);
const watching: Entry = { as: 'participant', microphone: false, camera: false };
const speaking: Entry = { as: 'speaker', microphone: true, camera: true };

let bed: EngineBed;
const direct = (type: string, body: Record<string, unknown> = {}) => {
  expect([type, bed.session.send(asSpeaker(host), type, body)]).toEqual([type, null]);
};
const callTo = (place: string) => bed.calls.findLast((call) => call.place === place) as FakeCall;
const arriveIn = async (place: string) => {
  await vi.waitFor(() => expect(callTo(place)).toBeTruthy());
  callTo(place).events.onAnswered();
  callTo(place).events.onConnected();
  callTo(place).events.onPicture();
};

beforeEach(() => {
  bed = createEngineBed();
  direct('stage.enter', { microphone: true, camera: true });
  bed.session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
  const arrived = [host, visitor, guest].map((person) => ({ person, as: person === host ? 'speaker' : 'participant' }));
  bed.session.send(system, 'people.note-presence', { arrived, left: [] });
  direct('breakouts.add-room');
  direct('breakouts.add-room');
});
afterEach(() => bed.engine.stop());

async function openWith(assigned: Record<string, string>, entry = watching): Promise<void> {
  bed.open(entry, true);
  bed.socket.onopen?.();
  await arriveIn(main);
  for (const [person, room] of Object.entries(assigned)) direct('breakouts.move', { person, room });
  direct('breakouts.open');
  bed.deliver();
}

describe('a participant', () => {
  it('is taken into their room muted and unseen the first time, and everybody there is on screen', async () => {
    await openWith({ [visitor]: 'r1', [guest]: 'r1' });
    await arriveIn(roomOne);
    expect(callTo(main).closed).toBe(true);
    expect(callTo(roomOne)).toMatchObject({ onStage: expect.arrayContaining([visitor, guest]), camera: { on: false } });
    expect(bed.engine.readSwitches()).toMatchObject({ inRoom: true, onStage: false, microphone: false, camera: false });
    expect(bed.cameraOf()).toBe('off');
    expect(callTo(roomOne).microphones).toEqual([]);
    bed.session.send(asParticipant(guest), 'breakouts.set-media', { microphone: true });
    bed.deliver();
    expect(callTo(roomOne).microphones).toEqual([guest]);
  });

  it('switches for the room, and comes back next time with what was chosen last', async () => {
    await openWith({ [visitor]: 'r1' });
    await arriveIn(roomOne);
    await bed.engine.toggle('camera');
    await bed.engine.toggle('microphone');
    expect(bed.commands.slice(-2)).toEqual([
      { type: 'breakouts.set-media', body: { camera: true } },
      { type: 'breakouts.set-media', body: { microphone: true } },
    ]);
    await vi.waitFor(() => expect(callTo(roomOne)).toMatchObject({ camera: { on: true }, microphone: { on: true } }));
    direct('breakouts.move', { person: visitor, room: 'r2' });
    const devices = bed.engine.devices.read();
    bed.deliver();
    expect(callTo(roomOne)).toMatchObject({ withdrawn: true, closed: false });
    await arriveIn(roomTwo);
    expect(callTo(roomTwo)).toMatchObject({ camera: { on: true }, microphone: { on: true } });
    // The same camera all the way: nothing was switched off and on again.
    expect(bed.engine.devices.read().camera).toEqual(devices.camera);
  });

  it('lets go of everything when the rooms close: the audience is not heard', async () => {
    await openWith({ [visitor]: 'r1' });
    await arriveIn(roomOne);
    await bed.engine.toggle('camera');
    await vi.waitFor(() => expect(bed.cameraOf()).toBe('on'));
    direct('breakouts.close-now');
    bed.deliver();
    await vi.waitFor(() => expect(bed.cameraOf()).toBe('off'));
    await arriveIn(main);
    expect(callTo(main)).toMatchObject({ onStage: [host], camera: { on: false }, microphone: { on: false } });
    expect(bed.engine.readSwitches()).toMatchObject({ inRoom: false, onStage: false });
  });

  it('who stays in the main call stays connected, and sees only who is left there', async () => {
    await openWith({ [host]: 'r1' });
    expect(callTo(main)).toMatchObject({ closed: false, onStage: [] });
    direct('breakouts.move', { person: host, room: null });
    bed.deliver();
    expect(callTo(main).onStage).toEqual([host]);
    expect(bed.calls).toHaveLength(1);
  });

  it('who comes back after a reload goes straight into their room', async () => {
    direct('breakouts.move', { person: visitor, room: 'r1' });
    direct('breakouts.open');
    bed.open(watching);
    bed.socket.onopen?.();
    await arriveIn(roomOne);
    expect(bed.calls.map((call) => call.place)).toEqual([roomOne]);
  });

  it('does not pretend to be seen with a camera that fails there', async () => {
    await openWith({ [visitor]: 'r1' });
    await arriveIn(roomOne);
    bed.failing = { video: 'NotAllowedError' };
    await bed.engine.toggle('camera');
    await vi.waitFor(() => expect(bed.commands.at(-1)).toEqual({ type: 'breakouts.set-media', body: { camera: false } }));
    expect(bed.troubles).toHaveBeenCalledWith({ device: 'camera', why: 'blocked' });
  });
});

describe('a speaker', () => {
  it('goes into a room and comes back on stage as they were, without being asked to enter again', async () => {
    await openWith({ [visitor]: 'r1' }, speaking);
    await vi.waitFor(() => expect(callTo(main).camera.on).toBe(true));
    expect(bed.session.send(asParticipant(visitor), 'breakouts.set-media', { camera: true })).toBeNull();
    const before = bed.commands.length;
    direct('breakouts.go', { room: 'r1' });
    bed.deliver();
    await arriveIn(roomOne);
    expect(callTo(roomOne)).toMatchObject({ camera: { on: false }, microphone: { on: false } });
    expect(bed.kept).toEqual([]);
    direct('breakouts.go', { room: null });
    bed.deliver();
    await arriveIn(main);
    await vi.waitFor(() => expect(callTo(main)).toMatchObject({ camera: { on: true }, microphone: { on: true } }));
    expect(bed.commands.slice(before)).toEqual([]);
  });
});
