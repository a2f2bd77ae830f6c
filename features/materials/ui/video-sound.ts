// Owns how loud videos are for this person: kept in their browser, for all videos.
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';

export interface Sound {
  /** 0 to 100. */
  volume: number;
  isMuted: boolean;
}
export interface VideoSound {
  read(): Sound;
  change(next: Partial<Sound>): void;
  subscribe(listener: () => void): () => void;
  unsubscribe(listener: () => void): void;
}

const whole = 100;
const kept = readChoice('video-volume');
let sound: Sound = {
  volume: kept && /^\d{1,3}$/.test(kept) ? Math.min(whole, Number(kept)) : whole,
  isMuted: readChoice('video-muted') === 'on',
};
const listeners = new Set<() => void>();

export const videoSound: VideoSound = {
  read: () => sound,
  change(next) {
    sound = { ...sound, ...next };
    keepChoice('video-volume', String(sound.volume));
    keepChoice('video-muted', sound.isMuted ? 'on' : null);
    for (const listener of [...listeners]) listener();
  },
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  unsubscribe: (listener) => void listeners.delete(listener),
};
