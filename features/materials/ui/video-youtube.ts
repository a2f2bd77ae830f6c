// Owns one player of YouTube's in the page: making it, carrying out the steps that follow the speaker, and what it says back. Outside React; what to do is video-follow.ts's.
import type { Playback, VideoFacts } from '../contract.ts';
import { positionAt } from '../contract.ts';
import type { PlayerNow } from '../video-follow.ts';
import { initialFollow, isRefused, stepsToFollow } from '../video-follow.ts';
import { keepKeyboard } from './keep-keyboard.ts';
import type { ApiPlayer } from './video-api.ts';
import { apiStates, fetchVideoApi, videoHost } from './video-api.ts';
import type { VideoSound } from './video-sound.ts';

export type VideoFailure = 'unreachable' | 'forbidden' | 'gone' | 'broken';
export interface VideoSnapshot {
  is: 'loading' | 'ready' | 'failed';
  failure: VideoFailure | null;
  /** The browser wants a click before it plays. */
  isBlocked: boolean;
  /** For everybody, by the playback: whole seconds. */
  isPlaying: boolean;
  position: number;
  /** Null: not known, or a live broadcast. */
  duration: number | null;
  isLive: boolean;
}

const lookMs = 250;
/** From a click on the picture to what the player makes of it. */
const touchHoldsMs = 1500;
/** Where it plays elsewhere than it ought to, a click means something else: an advertisement. */
const inPlaceMs = 2000;
const readyWithinMs = 15_000;
const failures: Readonly<Record<number, VideoFailure>> = { 2: 'gone', 100: 'gone', 101: 'forbidden', 150: 'forbidden' };
const loading: VideoSnapshot = {
  is: 'loading',
  failure: null,
  isBlocked: false,
  isPlaying: false,
  position: 0,
  duration: null,
  isLive: false,
};

export interface VideoOptions {
  material: VideoFacts;
  playback: Playback;
  title: string;
  language: string;
  sound: VideoSound;
  serverNow: () => number;
}

export class YouTubeVideo {
  readonly #options: VideoOptions;
  readonly #listeners = new Set<() => void>();
  #playback: Playback;
  /** What I pressed, until the server says the same or something else. */
  #pressed: Playback | null = null;
  #memory = initialFollow;
  #snapshot = loading;
  #place: HTMLElement | null = null;
  #player: ApiPlayer | null = null;
  /** Which attempt it is: what an older one says counts no more. */
  #attempt = 0;
  #blockedByBrowser = false;
  /** What the player did when somebody clicked on the picture. */
  #touched: { before: PlayerNow; at: number } | null = null;
  #onTurned: ((playing: boolean) => void) | null = null;
  #letGo: (() => void) | null = null;
  #looking: ReturnType<typeof setInterval> | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(options: VideoOptions) {
    this.#options = options;
    this.#playback = options.playback;
  }

  readonly read = (): VideoSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(place: HTMLElement): void {
    this.#place = place;
    window.addEventListener('online', this.#whenOnline);
    this.#options.sound.subscribe(this.#applySound);
    void this.#load();
  }

  close(): void {
    window.removeEventListener('online', this.#whenOnline);
    this.#options.sound.unsubscribe(this.#applySound);
    this.#takeDown();
    this.#place = null;
  }

  readonly retry = (): void => {
    if (this.#place) void this.#load();
  };

  follow(playback: Playback): void {
    if (playback === this.#playback) return;
    this.#playback = playback;
    this.#pressed = null;
    this.#look();
  }

  /** Whoever may steer, and turns it by a click on the picture, turns it for everybody. */
  whenTurned(tell: ((playing: boolean) => void) | null): void {
    this.#onTurned = tell;
  }

  /** At once here, while the server hears of it. Null: it was refused. */
  press(pressed: Omit<Playback, 'at'> | null): void {
    this.#pressed = pressed && { ...pressed, at: new Date(this.#options.serverNow()).toISOString() };
    this.#look();
  }

  /** Where the picture is here and now; where it ought to be while there is none. */
  positionMs(): number {
    const wanted = this.wanted();
    const reached = positionAt(wanted, this.#options.serverNow());
    const now = this.#now();
    return now && wanted.playing && now.is === 'playing' ? now.positionMs : Math.min(reached, now?.durationMs ?? reached);
  }

  wanted(): Playback {
    return this.#pressed ?? this.#playback;
  }

  /** In the turn of a click, so that the browser counts it as wanted. */
  readonly playHere = (): void => {
    this.#blockedByBrowser = false;
    this.#memory = { ...initialFollow };
    this.#applySound();
    this.#player?.playVideo();
    this.#look();
  };

  async #load(): Promise<void> {
    this.#takeDown();
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#show({ ...loading, position: this.#snapshot.position });
    const api = await fetchVideoApi().catch(() => null);
    if (attempt !== this.#attempt || !this.#place) return;
    if (!api) {
      this.#fail('unreachable');
      return;
    }
    const frame = this.#frame();
    this.#place.append(frame);
    this.#letGo = keepKeyboard(frame, this.#noteTouch);
    const still = (then: () => void) => () => attempt === this.#attempt && then();
    this.#late = setTimeout(
      still(() => this.#fail('unreachable')),
      readyWithinMs,
    );
    const player = new api.Player(frame, {
      host: videoHost,
      events: {
        onReady: still(() => this.#ready(player)),
        onStateChange: still(() => this.#look()),
        onError: ({ data }) => still(() => this.#fail(failures[data] ?? 'broken'))(),
        onAutoplayBlocked: still(() => {
          this.#blockedByBrowser = true;
          this.#look();
        }),
      },
    });
  }

  #frame(): HTMLIFrameElement {
    const { material, title, language } = this.#options;
    const frame = document.createElement('iframe');
    const address = new URL(`/embed/${material.videoId}`, videoHost);
    address.search = new URLSearchParams({
      enablejsapi: '1',
      origin: location.origin,
      controls: '0',
      disablekb: '1',
      fs: '0',
      playsinline: '1',
      rel: '0',
      iv_load_policy: '3',
      hl: language,
    }).toString();
    frame.title = title;
    frame.allow = 'autoplay; encrypted-media';
    // The server's own policy would send none, and YouTube plays for nobody unknown.
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    // What one may do here is below it; a key pressed inside would be lost to the page.
    frame.tabIndex = -1;
    frame.src = address.href;
    return frame;
  }

  #ready(player: ApiPlayer): void {
    clearTimeout(this.#late);
    this.#player = player;
    this.#memory = { ...initialFollow };
    this.#applySound();
    this.#looking = setInterval(this.#look, lookMs);
    this.#look();
  }

  #fail(failure: VideoFailure): void {
    this.#takeDown();
    this.#show({ ...loading, is: 'failed', failure });
  }

  #takeDown(): void {
    this.#attempt += 1;
    clearInterval(this.#looking);
    clearTimeout(this.#late);
    this.#player?.destroy();
    this.#player = null;
    this.#blockedByBrowser = false;
    this.#touched = null;
    this.#letGo?.();
    this.#letGo = null;
    this.#place?.replaceChildren();
  }

  readonly #whenOnline = (): void => {
    if (this.#snapshot.failure === 'unreachable') this.retry();
  };

  readonly #applySound = (): void => {
    const { volume, isMuted } = this.#options.sound.read();
    this.#player?.setVolume(volume);
    if (isMuted) this.#player?.mute();
    else this.#player?.unMute();
  };

  readonly #noteTouch = (): void => {
    const before = this.#now();
    this.#touched = before && { before, at: performance.now() };
  };

  /** What a click on the picture has just made of it, if that is the other of playing and pausing. */
  #turnedTo(now: PlayerNow, wanted: Playback): boolean | null {
    if (!this.#touched || !this.#onTurned) return null;
    const { before, at } = this.#touched;
    if (performance.now() - at > touchHoldsMs) return null;
    if (!wanted.playing) return before.is !== 'playing' && now.is === 'playing' ? true : null;
    const isInPlace = Math.abs(positionAt(wanted, this.#options.serverNow()) - now.positionMs) < inPlaceMs;
    return before.is === 'playing' && now.is === 'paused' && (isInPlace || now.isLive === true) ? false : null;
  }

  #now(): PlayerNow | null {
    const player = this.#player;
    if (!player) return null;
    const duration = player.getDuration();
    return {
      is: apiStates[player.getPlayerState()] ?? 'unstarted',
      positionMs: Math.round(player.getCurrentTime() * 1000),
      rate: player.getPlaybackRate(),
      durationMs: duration > 0 ? Math.round(duration * 1000) : null,
      isLive: player.getVideoData?.()?.isLive === true,
    };
  }

  /** Compares what is with what ought to be, does what is missing, and shows it. */
  readonly #look = (): void => {
    const now = this.#now();
    if (!now || !this.#player) return;
    const turned = this.#turnedTo(now, this.wanted());
    if (turned !== null) {
      this.#touched = null;
      this.#onTurned?.(turned);
    }
    const wanted = this.wanted();
    const serverNow = this.#options.serverNow();
    const { memory, steps } = stepsToFollow(this.#memory, wanted, serverNow, now);
    this.#memory = memory;
    for (const step of steps) this.#take(step);
    if (now.is === 'playing' || !wanted.playing) this.#blockedByBrowser = false;
    const reached = positionAt(wanted, serverNow);
    const isOver = !now.isLive && now.durationMs !== null && reached >= now.durationMs;
    this.#show({
      is: 'ready',
      failure: null,
      isBlocked: wanted.playing && !isOver && (this.#blockedByBrowser || isRefused(memory, serverNow)),
      isPlaying: wanted.playing && !isOver,
      position: Math.floor(Math.min(reached, now.durationMs ?? reached) / 1000),
      duration: now.isLive || now.durationMs === null ? null : Math.floor(now.durationMs / 1000),
      isLive: now.isLive === true,
    });
  };

  #take(step: ReturnType<typeof stepsToFollow>['steps'][number]): void {
    const player = this.#player;
    if (step.do === 'play') player?.playVideo();
    else if (step.do === 'pause') player?.pauseVideo();
    else if (step.do === 'rate') player?.setPlaybackRate(step.rate);
    else if (step.do === 'seek') player?.seekTo(step.toMs / 1000, true);
    else player?.cueVideoById({ videoId: this.#options.material.videoId, startSeconds: step.toMs / 1000 });
  }

  #show(next: VideoSnapshot): void {
    const before = this.#snapshot;
    if ((Object.keys(next) as (keyof VideoSnapshot)[]).every((key) => next[key] === before[key])) return;
    this.#snapshot = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
