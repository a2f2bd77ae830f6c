// Owns whether this tab has a media connection, and follows what the state says: it connects, waits, gives way to another tab, never decides.
// How a change of place goes without a gap is two-calls.ts. Outside React.
import { pauseMs } from '#platform/live/client/connection.ts';
import { openingParameter, placeParameter } from '#platform/media/contract.ts';
import { loadLivekit } from './load-livekit.ts';
import type { CallEvents, EndReason } from './media-call.ts';
import { MediaCall, makeRoom } from './media-call.ts';
import type { VideoPlaces } from './people-on-screen.ts';
import { screenPlace } from './people-on-screen.ts';
import type { Livekit, Wanted } from './publisher.ts';
import { audioContext, onSoundState, soundIsBlocked, unlockSound } from './sound.ts';
import type { Call, CallIntent } from './two-calls.ts';
import { TwoCalls } from './two-calls.ts';

export interface MediaIntent extends CallIntent {
  /** The state gives me a place in a LiveKit room. */
  connect: boolean;
  /** Changes when the state may give another answer than before; after a no, only that is a reason to ask again. */
  standing: string;
  /** My own id: my tile shows my camera directly, without the way through the server. */
  self: string | null;
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
  /** On the way to another place: what is seen and heard is still the former one. */
  moving: boolean;
}

export interface MediaClientOptions {
  url: string;
  /** Which opening of the page this is by now. */
  opening?: () => string;
  load?: () => Promise<Livekit>;
  createCall?: (livekit: Livekit, url: string, places: VideoPlaces, events: CallEvents) => Call;
  random?: () => number;
}

const nobody: ReadonlySet<string> = new Set();
const off: Wanted = { track: null, on: false };
const nothingWanted: MediaIntent = {
  ...{ connect: false, standing: '', self: null, place: null, onStage: [], hasPictures: false },
  ...{ camera: off, microphone: off },
};

const createRealCall: NonNullable<MediaClientOptions['createCall']> = (livekit, url, places, events) =>
  new MediaCall(livekit, makeRoom(livekit, audioContext()), url, places, events);

export class MediaClient {
  readonly #url: string;
  readonly #opening: MediaClientOptions['opening'];
  readonly #load: () => Promise<Livekit>;
  readonly #createCall: NonNullable<MediaClientOptions['createCall']>;
  readonly #random: () => number;
  readonly #places: VideoPlaces = new Map();
  readonly #listeners = new Set<() => void>();
  readonly #stopNotingSound: () => void;
  #intent = nothingWanted;
  #snapshot: MediaSnapshot = { status: { is: 'idle' }, speaking: nobody, poor: nobody, soundBlocked: false, moving: false };
  readonly #calls: TwoCalls;
  #loading: Promise<Livekit> | null = null;
  #livekit: Livekit | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #isOpening = false;
  /** What waits for an answer to a connection that is being made. */
  readonly #awaiting = new Set<() => void>();
  #refusedStanding: string | null = null;
  #stopped = false;

  constructor({ url, opening, load = loadLivekit, createCall = createRealCall, random = Math.random }: MediaClientOptions) {
    this.#url = url;
    this.#opening = opening;
    this.#load = load;
    this.#createCall = createCall;
    this.#random = random;
    this.#calls = new TwoCalls((place, events) => this.#make(place, events), {
      onAnswered: () => {
        this.#answered();
        this.#openIfMissing();
      },
      onShown: () => {
        this.#attempt = 0;
        this.#set({ status: { is: 'connected' } });
        this.#noteSound();
      },
      onMending: () => this.#set({ status: { is: 'reconnecting', since: Date.now() } }),
      onHeard: (heard) => this.#set(heard),
      onEnded: (reason, isShown) => this.#ended(reason, isShown),
    });
    this.#stopNotingSound = onSoundState(() => this.#noteSound());
  }

  readonly read = (): MediaSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Fetches what can be fetched before it is known that there will be a connection. */
  prepare(): void {
    void this.#fetch().catch(() => undefined);
  }

  follow(next: MediaIntent): void {
    const before = this.#intent;
    this.#intent = next;
    const isOwnSame = next.camera.track === before.camera.track && next.screen?.picture === before.screen?.picture;
    if (!isOwnSame || next.self !== before.self) showOwn(this.#places, next);
    // Elsewhere stays elsewhere, whatever the other tab does, until somebody clicks here.
    if (!next.connect && this.#snapshot.status.is !== 'elsewhere') this.#leave();
    else this.#calls.follow(next);
    if (next.place !== before.place) this.#forgetRetry();
    if (this.#mayEnter()) this.#enter();
    else this.#openIfMissing();
    if (this.#calls.isMoving !== this.#snapshot.moving) this.#set({});
  }

  /** Resolves once the connection that is being made has its first answer; at once if none is, and after `longestMs` at the latest. */
  async whenAnswered(longestMs: number): Promise<void> {
    if (this.#snapshot.status.is !== 'connecting') return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      this.#awaiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** A tile offers its element for a person's picture, or (`screenPlace`) for their screen; returns how to withdraw it. */
  showVideo(place: string, element: HTMLVideoElement): () => void {
    const offered = this.#places.get(place) ?? new Set();
    this.#places.set(place, offered.add(element));
    showOwn(this.#places, this.#intent);
    this.#calls.placesChanged(place);
    return () => {
      offered.delete(element);
      this.#calls.placesChanged(place);
      element.srcObject = null;
    };
  }

  /** The click after `elsewhere`. */
  continueHere(): void {
    if (this.#snapshot.status.is !== 'elsewhere') return;
    if (this.#intent.connect) this.#enter();
    else this.#set({ status: { is: 'idle' } });
  }

  /** Call inside a click. */
  async turnOnSound(): Promise<void> {
    await unlockSound();
    this.#noteSound();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopNotingSound();
    this.#listeners.clear();
    this.#leave();
  }

  #answered(): void {
    for (const goOn of this.#awaiting) goOn();
    this.#awaiting.clear();
  }

  #set(change: Partial<MediaSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change, moving: this.#calls.isMoving };
    if (this.#snapshot.status.is !== 'connecting') this.#answered();
    for (const listener of [...this.#listeners]) listener();
  }

  #noteSound(): void {
    const soundBlocked = this.#snapshot.status.is !== 'idle' && soundIsBlocked();
    if (soundBlocked !== this.#snapshot.soundBlocked) this.#set({ soundBlocked });
  }

  async #fetch(): Promise<Livekit> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    this.#livekit = await this.#loading;
    return this.#livekit;
  }

  #mayEnter(): boolean {
    const { is } = this.#snapshot.status;
    return this.#intent.connect && (is === 'idle' || (is === 'refused' && this.#refusedStanding !== this.#intent.standing));
  }

  #enter(): void {
    this.#refusedStanding = null;
    this.#set({ status: { is: 'connecting' } });
    this.#openIfMissing();
  }

  #leave(): void {
    this.#forgetRetry();
    this.#calls.close();
    if (this.#snapshot.status.is === 'idle') return;
    this.#set({ status: { is: 'idle' }, speaking: nobody, poor: nobody, soundBlocked: false });
  }

  #forgetRetry(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#attempt = 0;
  }

  #mayOpen(): boolean {
    const { is } = this.#snapshot.status;
    if (this.#stopped || is === 'idle' || is === 'elsewhere' || is === 'refused') return false;
    return this.#calls.isMissing && this.#refusedStanding !== this.#intent.standing;
  }

  #openIfMissing(): void {
    if (this.#retry === undefined && !this.#isOpening && this.#mayOpen()) void this.#open();
  }

  async #open(): Promise<void> {
    this.#retry = undefined;
    this.#isOpening = true;
    try {
      // Without any wait when it is there: what draws the page takes its turn afterwards.
      this.#livekit ??= await this.#fetch();
      if (this.#mayOpen()) this.#calls.open();
    } catch {
      // The chunk could not be fetched: the network is away, as with any other failure to connect.
      this.#openLater();
    } finally {
      this.#isOpening = false;
    }
  }

  #openLater(): void {
    this.#retry = setTimeout(() => void this.#open(), pauseMs(this.#attempt++, this.#random));
  }

  #make(place: string | null, events: CallEvents): Call {
    const query = new URLSearchParams();
    if (place !== null) query.set(placeParameter, place);
    if (this.#opening) query.set(openingParameter, this.#opening());
    const url = query.size > 0 ? `${this.#url}?${query}` : this.#url;
    return this.#createCall(this.#livekit as Livekit, url, this.#places, events);
  }

  #ended(reason: EndReason, isShown: boolean): void {
    const empty = { speaking: nobody, poor: nobody };
    if (reason === 'elsewhere') this.#set({ status: { is: 'elsewhere' }, ...empty });
    else if (reason === 'no') {
      this.#refusedStanding = this.#intent.standing;
      if (isShown) this.#set({ status: { is: 'refused' }, ...empty });
    } else if (isShown && this.#refusedStanding === this.#intent.standing) this.#set({ status: { is: 'refused' }, ...empty });
    else {
      const since = Date.now();
      if (isShown && this.#snapshot.status.is === 'connected') this.#set({ status: { is: 'reconnecting', since }, ...empty });
      this.#openLater();
    }
  }
}

function showOwn(places: VideoPlaces, { self, camera, screen }: MediaIntent): void {
  if (!self) return;
  const show = (place: string, track: MediaStreamTrack | null) => {
    for (const element of places.get(place) ?? []) {
      const shown = (element.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
      if (shown !== track) element.srcObject = track ? new MediaStream([track]) : null;
    }
  };
  show(self, camera.track);
  show(screenPlace(self), screen?.picture ?? null);
}
