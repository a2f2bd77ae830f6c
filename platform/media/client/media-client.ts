// Owns whether this tab has a media connection, and follows what the state says: it connects, waits, gives way to another tab, never decides. Outside React.
import { pauseMs } from '#platform/live/client/connection.ts';
import type { CallEvents, EndReason, MediaCall } from './media-call.ts';
import { createMediaCall, makeRoom } from './media-call.ts';
import type { VideoPlaces } from './people-on-screen.ts';
import type { Livekit, Wanted } from './publisher.ts';
import { audioContext, onSoundState, soundIsBlocked, unlockSound } from './sound.ts';

export interface MediaIntent {
  /** The state gives me a place in a LiveKit room. */
  connect: boolean;
  /** Changes when the state may give another answer than before; after a no, only that is a reason to ask again. */
  standing: string;
  /** My own id: my tile shows my camera directly, without the way through the server. */
  self: string | null;
  /** Whom the state has on stage. */
  onStage: readonly string[];
  camera: Wanted;
  microphone: Wanted;
}

/** `elsewhere`: another tab or device of mine took over. `refused`: the server said no for what the state is now. */
export type MediaStatus =
  | { is: 'idle' }
  | { is: 'connecting' }
  | { is: 'connected' }
  | { is: 'reconnecting'; since: number }
  | { is: 'elsewhere' }
  | { is: 'refused' };

export interface MediaSnapshot {
  status: MediaStatus;
  speaking: ReadonlySet<string>;
  poor: ReadonlySet<string>;
  /** Sound arrives, and the browser wants a click before it plays any. */
  soundBlocked: boolean;
}

export interface MediaClient {
  read(): MediaSnapshot;
  subscribe(listener: () => void): () => void;
  /** Fetches and makes what can be made before it is known that there will be a connection. */
  prepare(): void;
  follow(intent: MediaIntent): void;
  /** A tile offers its element for a person's picture; returns how to withdraw it. */
  showVideo(person: string, element: HTMLVideoElement): () => void;
  /** The click after `elsewhere`. */
  continueHere(): void;
  /** Call inside a click. */
  turnOnSound(): Promise<void>;
  stop(): void;
}

export interface MediaClientOptions {
  url: string;
  load?: () => Promise<Livekit>;
  createCall?: (livekit: Livekit, url: string, places: VideoPlaces, events: CallEvents) => MediaCall;
  random?: () => number;
}

const nobody: ReadonlySet<string> = new Set();
const off: Wanted = { track: null, on: false };
const nothingWanted: MediaIntent = { connect: false, standing: '', self: null, onStage: [], camera: off, microphone: off };

export const loadLivekit = (): Promise<Livekit> => import('livekit-client');

const createRealCall: NonNullable<MediaClientOptions['createCall']> = (livekit, url, places, events) =>
  createMediaCall(livekit, makeRoom(livekit, audioContext()), url, places, events);

export function createMediaClient(options: MediaClientOptions): MediaClient {
  const { url, load = loadLivekit, createCall = createRealCall, random = Math.random } = options;
  let intent = nothingWanted;
  let snapshot: MediaSnapshot = { status: { is: 'idle' }, speaking: nobody, poor: nobody, soundBlocked: false };
  let call: MediaCall | null = null;
  let loaded: Promise<Livekit> | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let refusedStanding: string | null = null;
  let stopped = false;
  const places: VideoPlaces = new Map();
  const listeners = new Set<() => void>();

  const set = (change: Partial<MediaSnapshot>) => {
    snapshot = { ...snapshot, ...change };
    for (const listener of [...listeners]) listener();
  };
  const noteSound = () => {
    const soundBlocked = snapshot.status.is !== 'idle' && soundIsBlocked();
    if (soundBlocked !== snapshot.soundBlocked) set({ soundBlocked });
  };
  const stopNotingSound = onSoundState(noteSound);

  const livekit = () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };

  const events: CallEvents = {
    onConnected() {
      attempt = 0;
      set({ status: { is: 'connected' } });
      noteSound();
    },
    onMending: () => set({ status: { is: 'reconnecting', since: Date.now() } }),
    onEnded: ended,
    onSpeaking: (speaking) => set({ speaking }),
    onPoor: (poor) => set({ poor }),
  };

  function ended(reason: EndReason) {
    call = null;
    const { status } = snapshot;
    const empty = { speaking: nobody, poor: nobody };
    if (reason === 'elsewhere') return set({ status: { is: 'elsewhere' }, ...empty });
    if (reason === 'no') {
      refusedStanding = intent.standing;
      return set({ status: { is: 'refused' }, ...empty });
    }
    if (status.is === 'connected') set({ status: { is: 'reconnecting', since: Date.now() }, ...empty });
    retry = setTimeout(open, pauseMs(attempt++, random));
  }

  const apply = () => {
    if (!call) return;
    call.setOnStage(intent.onStage);
    call.send(intent.camera, intent.microphone);
  };

  async function open() {
    retry = undefined;
    try {
      const kit = await livekit();
      if (call || stopped || !intent.connect || snapshot.status.is === 'elsewhere') return;
      call = createCall(kit, url, places, events);
      call.connect();
      apply();
    } catch {
      // The chunk could not be fetched: the network is away, as with any other failure to connect.
      retry = setTimeout(open, pauseMs(attempt++, random));
    }
  }

  const leave = () => {
    clearTimeout(retry);
    retry = undefined;
    call?.close();
    call = null;
    attempt = 0;
  };

  const enter = () => {
    if (call || retry !== undefined) return;
    set({ status: { is: 'connecting' } });
    void open();
  };

  return {
    read: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    prepare: () => void livekit().catch(() => undefined),
    follow(next) {
      const before = intent;
      intent = next;
      if (next.camera.track !== before.camera.track || next.self !== before.self) showOwn(places, next);
      if (!next.connect) {
        if (before.connect) leave();
        if (snapshot.status.is !== 'idle') set({ status: { is: 'idle' }, speaking: nobody, poor: nobody, soundBlocked: false });
        return;
      }
      if (snapshot.status.is === 'elsewhere') return;
      if (snapshot.status.is === 'refused' && refusedStanding === next.standing) return;
      if (snapshot.status.is === 'idle' || snapshot.status.is === 'refused') enter();
      apply();
    },
    showVideo(person, element) {
      const known = places.get(person) ?? new Set();
      places.set(person, known.add(element));
      if (person === intent.self) showOwn(places, intent);
      call?.placesChanged(person);
      return () => {
        known.delete(element);
        call?.placesChanged(person);
        element.srcObject = null;
      };
    },
    continueHere() {
      if (snapshot.status.is === 'elsewhere' && intent.connect) enter();
    },
    async turnOnSound() {
      await unlockSound();
      noteSound();
    },
    stop() {
      stopped = true;
      stopNotingSound();
      leave();
      listeners.clear();
    },
  };
}

function showOwn(places: VideoPlaces, { self, camera }: MediaIntent): void {
  if (!self) return;
  for (const element of places.get(self) ?? []) {
    const shown = (element.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
    if (shown !== camera.track) element.srcObject = camera.track ? new MediaStream([camera.track]) : null;
  }
}
