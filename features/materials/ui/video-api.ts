// Owns fetching YouTube's IFrame API, once and only when asked, and the part of its words that is used here.

/** States as the API numbers them. */
export const apiStates: Readonly<Record<number, 'unstarted' | 'ended' | 'playing' | 'paused' | 'buffering' | 'cued'>> = {
  [-1]: 'unstarted',
  0: 'ended',
  1: 'playing',
  2: 'paused',
  3: 'buffering',
  5: 'cued',
};

export interface ApiPlayer {
  playVideo(): void;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
  cueVideoById(wanted: { videoId: string; startSeconds: number }): void;
  setPlaybackRate(rate: number): void;
  setVolume(volume: number): void;
  mute(): void;
  unMute(): void;
  getPlayerState(): number;
  getCurrentTime(): number;
  getDuration(): number;
  getPlaybackRate(): number;
  /** Says more than is documented; only whether it is broadcast live is read, if it is there. */
  getVideoData?(): { isLive?: boolean } | undefined;
  destroy(): void;
}
interface ApiEvents {
  onReady(): void;
  onStateChange(event: { data: number }): void;
  onError(event: { data: number }): void;
  onAutoplayBlocked(): void;
}
export interface VideoApi {
  Player: new (frame: HTMLIFrameElement, options: { host: string; events: ApiEvents }) => ApiPlayer;
}
type WindowOfApi = Window & { YT?: VideoApi; onYouTubeIframeAPIReady?: () => void };

const address = 'https://www.youtube.com/iframe_api';
export const videoHost = 'https://www.youtube-nocookie.com';
const reachableWithinMs = 15_000;

let asked: Promise<VideoApi> | null = null;

/** Rejects where YouTube can't be reached; asked again then, it is fetched again. */
export function fetchVideoApi(): Promise<VideoApi> {
  asked ??= load().catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

function load(): Promise<VideoApi> {
  const page = window as WindowOfApi;
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const fail = () => {
      clearTimeout(late);
      script.remove();
      reject(new Error('YouTube can’t be reached'));
    };
    const late = setTimeout(fail, reachableWithinMs);
    page.onYouTubeIframeAPIReady = () => {
      clearTimeout(late);
      if (page.YT) resolve(page.YT);
    };
    script.addEventListener('error', fail);
    script.src = address;
    document.head.append(script);
  });
}
