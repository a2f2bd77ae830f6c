// Owns an engine for tests: the whole Session, devices and media in memory, and a socket that carries what the server would send.
import type { Mock } from 'vitest';
import { expect, vi } from 'vitest';
import type { DeviceStatus } from '#features/devices/ui/device-status.ts';
import { DeviceStore } from '#features/devices/ui/device-store.ts';
import type { ScreenChoice } from '#features/stage/ui/choose-screen.ts';
import type { ClientMessage, Hello, ServerMessage } from '#platform/live/protocol.ts';
import type { Actor, Audience } from '#platform/log/contract.ts';
import { forAudience } from '#platform/log/fold.ts';
import type { CallEvents, ScreenTracks } from '#platform/media/client/media-call.ts';
import { MediaClient } from '#platform/media/client/media-client.ts';
import type { Livekit, Wanted } from '#platform/media/client/publisher.ts';
import type { Call } from '#platform/media/client/two-calls.ts';
import { audiencesOf } from '#session/audiences.ts';
import type { TestSession } from '#session/testing.ts';
import { asParticipant, asSpeaker, at, createTestSession, host, visitor } from '#session/testing.ts';
import type { Entry } from './entry-memory.ts';
import type { EngineOptions } from './session-engine.ts';
import { SessionEngine } from './session-engine.ts';

interface FakeSocket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface FakeCall {
  /** The LiveKit room that it was made for. */
  place: string | null;
  events: CallEvents;
  camera: Wanted;
  microphone: Wanted;
  screen: ScreenTracks | null;
  onStage: readonly string[];
  screens: readonly string[];
  microphones: readonly string[];
  withdrawn: boolean;
  closed: boolean;
}

export interface EngineBed {
  session: TestSession;
  engine: SessionEngine;
  socket: FakeSocket;
  commands: { type: string; body: Record<string, unknown> }[];
  hellos: Hello[];
  calls: FakeCall[];
  /** Names of the errors with which devices fail, by kind. */
  failing: Record<string, string>;
  kept: Entry[];
  /** What the browser's own dialog answers. */
  choice: ScreenChoice;
  /** False: commands are heard, and nobody answers. */
  answering: boolean;
  troubles: Mock<EngineOptions['onTrouble']>;
  open(entry: Entry, isLive?: boolean, watching?: string): void;
  /** Sends all events of the viewer's audiences again; the client skips what it knows. */
  deliver(): void;
  cameraOf(): DeviceStatus['is'];
  ready(): Promise<void>;
}

export const sessionId = 's';

const fakeDevices = (bed: EngineBed) =>
  ({
    getUserMedia: async (asked: MediaStreamConstraints) => {
      const kinds = [asked.video ? 'video' : '', asked.audio ? 'audio' : ''].filter(Boolean);
      const broken = kinds.find((kind) => bed.failing[kind]);
      if (broken) throw { name: bed.failing[broken] };
      const tracks = kinds.map((kind) => ({ kind, enabled: true, stop: () => undefined }));
      return { getTracks: () => tracks };
    },
    enumerateDevices: async () => [],
  }) as unknown as MediaDevices;

function fakeCalls(calls: FakeCall[]) {
  return (_kit: Livekit, url: string, _places: unknown, events: CallEvents): Call => {
    const off: Wanted = { track: null, on: false };
    const place = new URL(url).searchParams.get('place');
    const nothing = {
      camera: off,
      microphone: off,
      screen: null,
      onStage: [],
      screens: [],
      microphones: [],
      withdrawn: false,
      closed: false,
    };
    const call: FakeCall = { place, events, ...nothing };
    calls.push(call);
    return {
      connect: async () => undefined,
      roomName: () => null,
      awaitPicture: () => undefined,
      withdraw: () => Object.assign(call, { withdrawn: true }),
      send: (camera, microphone, screen = null) => Object.assign(call, { camera, microphone, screen, withdrawn: false }),
      setOnStage: (onStage, screens = [], microphones = []) => Object.assign(call, { onStage, screens, microphones }),
      placesChanged: () => undefined,
      close: () => Object.assign(call, { closed: true }),
    };
  };
}

export function createEngineBed(): EngineBed {
  let actor: Actor & { kind: 'person' };
  let held: Audience[] = [];
  const say = (message: ServerMessage) => bed.socket.onmessage?.({ data: JSON.stringify(message) });

  const answer = (message: ClientMessage & { t: 'command' }) => {
    const refusal = bed.session.send(actor, message.type, message.body, undefined, message.id);
    if (refusal) return say({ t: 'refused', id: message.id, refusal: { code: refusal } });
    say({ t: 'ack', id: message.id });
    bed.deliver();
  };
  const hear = (text: string) => {
    const message = JSON.parse(text) as ClientMessage;
    if (message.t === 'hello') {
      bed.hellos.push(message);
      say({ t: 'welcome', v: 1, now: at(0), build: '', personId: actor.personId });
      bed.deliver();
    }
    if (message.t !== 'command') return;
    bed.commands.push({ type: message.type, body: message.body });
    if (bed.answering) answer(message);
  };

  const bed: EngineBed = {
    session: createTestSession(),
    // Made by `open`.
    engine: undefined as unknown as SessionEngine,
    socket: undefined as unknown as FakeSocket,
    ...{
      commands: [],
      hellos: [],
      calls: [],
      failing: {},
      kept: [],
      choice: { is: 'cancelled' },
      answering: true,
      troubles: vi.fn(),
    },
    deliver() {
      const audiences = audiencesOf(bed.session.state, actor);
      for (const audience of held.filter((one) => !audiences.includes(one))) say({ t: 'gone', audience });
      held = audiences;
      for (const audience of audiences) {
        const events = bed.session.events.filter((event) => event.audience === audience).map(forAudience);
        if (events.length > 0) say({ t: 'frame', audience, from: 1, to: events.length, events });
      }
    },
    open(entry, isLive = false, watching = visitor) {
      actor = (entry.as === 'speaker' ? asSpeaker(host) : asParticipant(watching)) as typeof actor;
      const devices = new DeviceStore(fakeDevices(bed));
      devices.want({ camera: entry.camera, microphone: entry.microphone });
      const mediaUrl = 'https://test/media/s';
      bed.engine = new SessionEngine({
        ...{ sessionId, liveUrl: 'ws://test/live', mediaUrl, entry, devices, isLive },
        onEntryChanged: (changed) => bed.kept.push(changed),
        onTooOld: () => undefined,
        onTrouble: bed.troubles,
        chooseScreen: async () => bed.choice,
        media: new MediaClient({ url: mediaUrl, load: async () => ({}) as Livekit, createCall: fakeCalls(bed.calls) }),
        openSocket: () => {
          bed.socket = { onopen: null, onmessage: null, onclose: null, send: hear, close: () => undefined };
          return bed.socket;
        },
      });
    },
    cameraOf: () => bed.engine.devices.read().camera.is,
    ready: () => vi.waitFor(() => expect(bed.cameraOf()).not.toBe('starting')),
  };
  return bed;
}
