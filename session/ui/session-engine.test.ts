// Being inside, against a server, devices and media in memory: going on stage, switches, broken devices, a second tab, the audience's head start.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceStatus } from '#features/devices/ui/device-store.ts';
import { DeviceStore } from '#features/devices/ui/device-store.ts';
import type { ClientMessage, ServerMessage } from '#platform/live/protocol.ts';
import type { Actor } from '#platform/log/contract.ts';
import { forAudience } from '#platform/log/fold.ts';
import type { CallEvents } from '#platform/media/client/media-call.ts';
import { MediaClient } from '#platform/media/client/media-client.ts';
import type { Livekit, Wanted } from '#platform/media/client/publisher.ts';
import type { Call } from '#platform/media/client/two-calls.ts';
import { backstageOf } from '#session/state.ts';
import type { TestSession } from '#session/testing.ts';
import { asParticipant, asSpeaker, at, createTestSession, host, system, visitor } from '#session/testing.ts';
import type { Entry } from './entry-memory.ts';
import { SessionEngine } from './session-engine.ts';

let session: TestSession;
let engine: SessionEngine;
let actor: Actor & { kind: 'person' };
let socket: {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
};
let commands: { type: string; body: Record<string, unknown> }[] = [];
let calls: { events: CallEvents; camera: Wanted; microphone: Wanted; onStage: readonly string[]; closed: boolean }[] = [];
let failing: Record<string, string> = {};
const troubles = vi.fn();
let kept: Entry[] = [];
let answering = true;

const say = (message: ServerMessage) => socket.onmessage?.({ data: JSON.stringify(message) });
/** Sends all events of the audience again; the client skips what it knows. */
const deliver = () => {
  for (const audience of ['all', `person:${actor.personId}`] as const) {
    const events = session.events.filter((event) => event.audience === audience).map(forAudience);
    if (events.length > 0) say({ t: 'frame', audience, from: 1, to: events.length, events });
  }
};

function open(entry: Entry, isLive = false, watching = visitor): void {
  actor = entry.as === 'speaker' ? (asSpeaker(host) as typeof actor) : (asParticipant(watching) as typeof actor);
  const devices = new DeviceStore({
    getUserMedia: async (asked: MediaStreamConstraints) => {
      const kinds = [asked.video ? 'video' : '', asked.audio ? 'audio' : ''].filter(Boolean);
      const broken = kinds.find((kind) => failing[kind]);
      if (broken) throw { name: failing[broken] };
      const tracks = kinds.map((kind) => ({ kind, enabled: true, stop: () => undefined }));
      return { getTracks: () => tracks };
    },
    enumerateDevices: async () => [],
  } as unknown as MediaDevices);
  devices.want({ camera: entry.camera, microphone: entry.microphone });
  const createCall = (_kit: Livekit, _url: string, _places: unknown, events: CallEvents): Call => {
    const off = { track: null, on: false };
    const call = { events, camera: off as Wanted, microphone: off as Wanted, onStage: [] as readonly string[], closed: false };
    calls.push(call);
    return {
      connect: async () => undefined,
      roomName: () => null,
      awaitPicture: () => undefined,
      withdraw: () => undefined,
      send: (camera, microphone) => Object.assign(call, { camera, microphone }),
      setOnStage: (onStage) => Object.assign(call, { onStage }),
      placesChanged: () => undefined,
      close: () => Object.assign(call, { closed: true }),
    };
  };
  engine = new SessionEngine({
    sessionId: 's',
    liveUrl: 'ws://test/live',
    mediaUrl: 'https://test/media/s',
    tab: 't',
    entry,
    devices,
    isLive,
    onEntryChanged: (changed) => kept.push(changed),
    onTooOld: () => undefined,
    onTrouble: troubles,
    media: new MediaClient({ url: '', load: async () => ({}) as Livekit, createCall }),
    openSocket: () => {
      socket = { onopen: null, onmessage: null, onclose: null, send: heard, close: () => undefined };
      return socket;
    },
  });
}

function heard(text: string): void {
  const message = JSON.parse(text) as ClientMessage;
  if (message.t === 'hello') {
    say({ t: 'welcome', v: 1, now: at(0), build: '', personId: actor.personId });
    deliver();
  }
  if (message.t !== 'command') return;
  commands.push({ type: message.type, body: message.body });
  if (answering) answer(message);
}
function answer(message: ClientMessage & { t: 'command' }): void {
  const refusal = session.send(actor, message.type, message.body, undefined, message.id);
  if (refusal) say({ t: 'refused', id: message.id, refusal: { code: refusal } });
  else {
    say({ t: 'ack', id: message.id });
    deliver();
  }
}
const cameraOf = (): DeviceStatus['is'] => engine.devices.read().camera.is;
const ready = () => vi.waitFor(() => expect(engine.devices.read().camera.is).not.toBe('starting'));

beforeEach(() => {
  session = createTestSession();
  commands = [];
  calls = [];
  failing = {};
  kept = [];
  answering = true;
  troubles.mockClear();
});
afterEach(() => engine.stop());

describe('a speaker', () => {
  const entry: Entry = { as: 'speaker', microphone: true, camera: true };

  it('goes on stage once, then sends what the state says, and is remembered for a reload', async () => {
    open(entry);
    await ready();
    socket.onopen?.();
    expect(commands).toEqual([{ type: 'stage.enter', body: { microphone: true, camera: true } }]);
    await vi.waitFor(() => expect(calls[0]).toMatchObject({ camera: { on: true }, microphone: { on: true }, onStage: [host] }));
    await engine.toggle('camera');
    expect(commands.at(-1)).toEqual({ type: 'stage.set-media', body: { camera: false } });
    await vi.waitFor(() => expect(cameraOf()).toBe('off'));
    expect(engine.devices.read().microphone.is).toBe('on');
    expect(kept.at(-1)).toEqual({ as: 'speaker', microphone: true, camera: false });
    expect(commands).toHaveLength(2);
  });

  it('is muted at once when they press, and heard again only when the state says so', async () => {
    open(entry);
    await ready();
    socket.onopen?.();
    await vi.waitFor(() => expect(calls[0]?.microphone.on).toBe(true));
    answering = false;
    void engine.toggle('microphone');
    expect(calls[0]?.microphone.on).toBe(false);
    expect(engine.readSwitches().microphone).toBe(false);
    session.send(actor, 'stage.set-media', { microphone: false });
    deliver();
    void engine.toggle('microphone');
    expect(engine.readSwitches().microphone).toBe(true);
    expect(calls[0]?.microphone.on).toBe(false);
    session.send(actor, 'stage.set-media', { microphone: true });
    deliver();
    expect(calls[0]?.microphone.on).toBe(true);
  });

  it('does not pretend to be seen with a camera that fails', async () => {
    failing = { video: 'NotReadableError' };
    open(entry);
    await ready();
    socket.onopen?.();
    expect(commands).toEqual([{ type: 'stage.enter', body: { microphone: true, camera: false } }]);
    await engine.toggle('camera');
    await vi.waitFor(() => expect(troubles).toHaveBeenCalledWith({ device: 'camera' }));
    expect(commands.at(-1)).toEqual({ type: 'stage.set-media', body: { camera: false } });
    expect(engine.readSwitches().camera).toBe(false);
  });

  it('lets go of everything when another tab took over, until "Continue here"', async () => {
    open(entry);
    await ready();
    socket.onopen?.();
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    calls[0]?.events.onConnected();
    calls[0]?.events.onEnded('elsewhere');
    await vi.waitFor(() => expect(cameraOf()).toBe('off'));
    session.send(actor, 'stage.leave');
    deliver();
    expect(commands).toHaveLength(1);
    expect(cameraOf()).toBe('off');
    engine.media.continueHere();
    await vi.waitFor(() => expect(cameraOf()).toBe('on'));
    expect(calls).toHaveLength(2);
  });

  it('is told of a refusal', async () => {
    open({ ...entry, camera: false });
    socket.onopen?.();
    expect(await engine.act('lifecycle.end', {})).toBe(false);
    expect(troubles).toHaveBeenCalledWith({ code: 'session-not-live', details: {} });
  });

  it('who starts or ends at the same time as another speaker hears of no refusal', async () => {
    open({ ...entry, camera: false });
    socket.onopen?.();
    session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    expect(await engine.act('lifecycle.start', {})).toBe(true);
    deliver();
    session.send(asSpeaker(host), 'lifecycle.end');
    expect(await engine.act('lifecycle.end', {})).toBe(true);
    expect(troubles).not.toHaveBeenCalled();
  });
});

describe('a participant', () => {
  const entry: Entry = { as: 'participant', microphone: false, camera: false };

  it('waits without media and devices, and is in the moment it starts', async () => {
    session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
    open(entry);
    socket.onopen?.();
    expect(commands).toHaveLength(0);
    expect(calls).toHaveLength(0);
    session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    deliver();
    await vi.waitFor(() => expect(calls[0]).toMatchObject({ onStage: [host], camera: { on: false } }));
    session.send(asSpeaker(host), 'lifecycle.end');
    deliver();
    expect(calls[0]?.closed).toBe(true);
    expect(engine.devices.read().camera.is).toBe('off');
  });

  it('connects before the state has arrived when the entrance saw it live', async () => {
    open(entry, true);
    await vi.waitFor(() => expect(calls).toHaveLength(1));
  });

  it('who may speak but came to watch lets go of the preview, and takes over from a tab that stands on stage', async () => {
    session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
    session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    open(entry, true, host);
    engine.devices.want({ camera: true, microphone: true });
    await vi.waitFor(() => expect(cameraOf()).toBe('off'));
    socket.onopen?.();
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    expect(engine.readSwitches().onStage).toBe(false);
    expect(commands).toHaveLength(0);
    calls[0]?.events.onConnected();
    expect(commands).toEqual([{ type: 'stage.leave', body: {} }]);
    // The other tab continues there: this one must not take it down again.
    session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true });
    deliver();
    expect(commands).toHaveLength(1);
    expect(calls[0]?.camera.on).toBe(false);
  });

  describe('who comes on stage', () => {
    const live = () => {
      session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
      session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
      open(entry, true);
      socket.onopen?.();
    };
    const approve = () => {
      session.send(asSpeaker(host), 'requests.approve', { person: visitor });
      deliver();
    };
    const goOnScreen = () => {
      const countdown = backstageOf(session.state).requests.countdowns[0];
      session.send(system, 'requests.go-on-screen', { timerId: countdown?.timerId }, 1);
      deliver();
    };

    it('looks at themself, lets go while waiting, is ready but off in the countdown, and on when it ends', async () => {
      live();
      engine.preview({ microphone: true, camera: true });
      await vi.waitFor(() => expect(cameraOf()).toBe('on'));
      expect(calls[0]?.camera.on).toBe(false);
      const looked = engine.devices.read().camera;
      expect(looked.is === 'on' && looked.track.enabled).toBe(true);
      await engine.act('requests.send', { microphone: true, camera: true });
      engine.preview(null);
      await vi.waitFor(() => expect(cameraOf()).toBe('off'));
      approve();
      await vi.waitFor(() => expect(calls[0]?.camera.track).toBeTruthy());
      expect(calls[0]?.camera).toMatchObject({ on: false, ready: true });
      expect(engine.readSwitches()).toMatchObject({ isComing: true, onStage: false, camera: true });
      goOnScreen();
      expect(calls[0]).toMatchObject({ camera: { on: true }, microphone: { on: true }, onStage: [host, visitor] });
      session.send(asSpeaker(host), 'stage.remove', { person: visitor });
      deliver();
      await vi.waitFor(() => expect(cameraOf()).toBe('off'));
      expect(kept).toEqual([]);
    });

    it('goes on without a camera that is denied during the countdown, and is told', async () => {
      live();
      await engine.act('requests.send', { microphone: true, camera: true });
      failing = { video: 'NotAllowedError' };
      approve();
      await vi.waitFor(() => expect(commands.at(-1)).toEqual({ type: 'requests.set-media', body: { camera: false } }));
      expect(troubles).toHaveBeenCalledWith({ device: 'camera' });
      goOnScreen();
      await vi.waitFor(() => expect(calls[0]).toMatchObject({ camera: { on: false }, microphone: { on: true } }));
    });

    it('switches during the countdown, and backs out by leaving', async () => {
      live();
      await engine.act('requests.send', { microphone: true, camera: true });
      approve();
      await engine.toggle('microphone');
      expect(commands.at(-1)).toEqual({ type: 'requests.set-media', body: { microphone: false } });
      await engine.leave();
      expect(commands.at(-1)?.type).toBe('requests.cancel');
    });

    it('is back on stage after a reload', async () => {
      session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
      session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
      session.send(asParticipant(visitor), 'requests.send', { microphone: true, camera: true });
      session.send(asSpeaker(host), 'requests.approve', { person: visitor });
      const countdown = backstageOf(session.state).requests.countdowns[0];
      session.send(system, 'requests.go-on-screen', { timerId: countdown?.timerId }, 1);
      open(entry, true);
      socket.onopen?.();
      await vi.waitFor(() => expect(calls[0]).toMatchObject({ camera: { on: true }, microphone: { on: true } }));
      expect(commands).toEqual([]);
    });
  });
});
