// Owns a stand-in for YouTube, served by interception: an IFrame API whose player behaves in time as the documented one does, and the frame's page. It refuses to play before a gesture, as browsers do.
import type { Page, Request } from '@playwright/test';

export interface YouTubeMood {
  /** False: the network has no way to it. */
  isReachable: boolean;
  /** An error of the API instead of a picture: 150 is "embedding forbidden". */
  error: number | null;
}
interface Call {
  call: string;
  value?: number;
  at: number;
}
export interface PlayerSeen {
  is: number;
  position: number;
  rate: number;
  volume: number;
  isMuted: boolean;
  calls: Call[];
  /** When it was looked at. */
  at: number;
}
type Seen = Window & { standIn?: { see(): PlayerSeen; push(seconds: number): void } };

export const videoLength = 600;

/** From then on the page's requests to YouTube are answered from here, and kept. */
export async function standInForYouTube(page: Page, mood: YouTubeMood): Promise<Request[]> {
  const asked: Request[] = [];
  await page.addInitScript(watchHands);
  await page.route(/^https:\/\/www\.youtube(-nocookie)?\.com\//, async (route) => {
    const request = route.request();
    asked.push(request);
    if (!mood.isReachable) return route.abort('internetdisconnected');
    if (request.url() === 'https://www.youtube.com/iframe_api') {
      const body = `(${behave.toString()})(${JSON.stringify({ length: videoLength, error: mood.error })})`;
      return route.fulfill({ contentType: 'text/javascript', body });
    }
    return route.fulfill({
      contentType: 'text/html',
      // A click on the picture turns it, as the documented player does; in this page only the API knows how.
      body: '<!doctype html><html lang="en"><title>Stand-in</title><p>A video</p><script>onclick = () => parent.postMessage("clicked", "*")</script>',
    });
  });
  return asked;
}

export const seePlayer = (page: Page): Promise<PlayerSeen | null> => page.evaluate(() => (window as Seen).standIn?.see() ?? null);
/** As when a machine was busy: the player stands elsewhere than it ought to. */
export const pushPlayer = (page: Page, seconds: number): Promise<void> =>
  page.evaluate((by) => (window as Seen).standIn?.push(by), seconds);

/** What runs in a page for a test counts as a gesture for the browser; only a hand counts here. */
function watchHands(): void {
  const note = ({ isTrusted }: Event) => isTrusted && Object.assign(window, { wasTouched: true });
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, note, true);
}

/** Runs in the page, and may use nothing from outside itself. */
function behave({ length, error }: { length: number; error: number | null }): void {
  const [unstarted, ended, playing, paused, buffering, cued] = [-1, 0, 1, 2, 3, 5];
  const loadsMs = 150;
  const page = window as Window & { YT?: unknown; onYouTubeIframeAPIReady?: () => void; standIn?: unknown; wasTouched?: boolean };
  class Player {
    is = unstarted;
    base = 0;
    since = 0;
    rate = 1;
    volume = 100;
    isMuted = false;
    calls: { call: string; value?: number; at: number }[] = [];
    timer: ReturnType<typeof setTimeout> | undefined;
    events: Record<string, (event: { data: number }) => void>;
    constructor(frame: HTMLIFrameElement, { events }: { events: Player['events'] }) {
      this.events = events;
      const url = new URL(frame.src);
      const isWired = url.origin === 'https://www.youtube-nocookie.com' && url.searchParams.get('enablejsapi') === '1';
      if (!isWired || url.searchParams.get('origin') !== location.origin) return;
      page.standIn = {
        see: () => ({
          is: this.is,
          position: this.getCurrentTime(),
          rate: this.rate,
          volume: this.volume,
          isMuted: this.isMuted,
          calls: this.calls,
          at: Date.now(),
        }),
        push: (seconds: number) => this.#set(this.is, this.getCurrentTime() + seconds),
      };
      addEventListener('message', this.onMessage);
      setTimeout(() => {
        if (error !== null) {
          this.events.onError?.({ data: error });
          return;
        }
        this.events.onReady?.({ data: 0 });
        this.#set(cued, 0);
      }, loadsMs);
    }
    #note(call: string, value?: number) {
      this.calls.push({ call, value, at: Date.now() });
    }
    #set(is: number, position = this.getCurrentTime()) {
      clearTimeout(this.timer);
      this.base = position;
      this.since = Date.now();
      const isOther = this.is !== is;
      this.is = is;
      if (is === playing) this.timer = setTimeout(() => this.#set(ended, length), ((length - position) / this.rate) * 1000);
      if (isOther) this.events.onStateChange?.({ data: is });
    }
    #begin(position = this.getCurrentTime()) {
      if (!page.wasTouched) {
        this.#set(unstarted, position);
        this.events.onAutoplayBlocked?.({ data: 0 });
        return;
      }
      this.#set(buffering, position);
      this.timer = setTimeout(() => this.#set(playing, position), loadsMs);
    }
    onMessage = ({ origin, data }: MessageEvent) => {
      if (origin !== 'https://www.youtube-nocookie.com' || data !== 'clicked') return;
      page.wasTouched = true;
      if (this.is === playing || this.is === buffering) this.#set(paused);
      else this.#begin();
    };
    playVideo() {
      this.#note('play');
      if (this.is !== playing && this.is !== buffering) this.#begin();
    }
    pauseVideo() {
      this.#note('pause');
      if (this.is === playing || this.is === buffering) this.#set(paused);
    }
    seekTo(seconds: number) {
      this.#note('seek', seconds);
      if (this.is === paused) this.#set(paused, seconds);
      else this.#begin(seconds);
    }
    cueVideoById({ startSeconds }: { startSeconds: number }) {
      this.#note('cue', startSeconds);
      this.#set(cued, startSeconds);
    }
    setPlaybackRate(rate: number) {
      this.#note('rate', rate);
      const position = this.getCurrentTime();
      this.rate = rate;
      this.#set(this.is, position);
    }
    setVolume(volume: number) {
      this.volume = volume;
    }
    mute() {
      this.isMuted = true;
    }
    unMute() {
      this.isMuted = false;
    }
    getPlayerState() {
      return this.is;
    }
    getCurrentTime(): number {
      const passed = this.is === playing ? ((Date.now() - this.since) / 1000) * this.rate : 0;
      return Math.min(length, this.base + passed);
    }
    getDuration() {
      return length;
    }
    getPlaybackRate() {
      return this.rate;
    }
    destroy() {
      clearTimeout(this.timer);
      removeEventListener('message', this.onMessage);
      page.standIn = undefined;
    }
  }
  page.YT = { Player };
  page.onYouTubeIframeAPIReady?.();
}
