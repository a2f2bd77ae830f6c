// Owns what a person in a browser really sees and hears: the colour of decoded frames, the pitch of the sound that arrives.
import type { Locator, Page } from '@playwright/test';

export type Rgb = [red: number, green: number, blue: number];

/** Colour in the middle of the tile's video, from a decoded frame; null while there is none. */
export async function seenColour(tile: Locator): Promise<Rgb | null> {
  return tile.evaluate((element): Rgb | null => {
    const video = element.querySelector('video');
    if (!video || video.videoWidth === 0 || video.readyState < 2) return null;
    const canvas = document.createElement('canvas');
    canvas.width = 8;
    canvas.height = 8;
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0, 8, 8);
    const pixel = context?.getImageData(4, 4, 1, 1).data;
    return pixel ? [pixel[0] ?? 0, pixel[1] ?? 0, pixel[2] ?? 0] : null;
  });
}

/** Frames decoded so far in the tile's video: it grows while a picture arrives. */
export async function decodedFrames(tile: Locator): Promise<number> {
  return tile.evaluate((element) => element.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0);
}

/** Whether the colours are near enough for a picture that a video codec has been through. */
export function near(seen: Rgb | null, wanted: Rgb, tolerance = 60): boolean {
  return seen?.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) <= tolerance) ?? false;
}

/** Runs in the page before its own code: listens along at everything that goes to the loudspeakers. */
export function listenAlong(): void {
  const taps = new Map<BaseAudioContext, AnalyserNode>();
  const connect = AudioNode.prototype.connect as (this: AudioNode, target: AudioNode, ...rest: number[]) => AudioNode;
  const tapOf = (context: BaseAudioContext): AnalyserNode => {
    const known = taps.get(context);
    if (known) return known;
    const tap = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    taps.set(context, tap);
    return tap;
  };
  const listening = function (this: AudioNode, target: AudioNode, ...rest: number[]) {
    if (target instanceof AudioDestinationNode) connect.call(this, tapOf(this.context));
    return connect.call(this, target, ...rest);
  };
  Object.assign(AudioNode.prototype, { connect: listening });
  Object.assign(window, { heardTaps: taps });
}

/** The pitches (Hz) that this page plays within a second and a half. Empty: silence. */
export async function heardPitches(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const taps = (window as unknown as { heardTaps: Map<BaseAudioContext, AnalyserNode> }).heardTaps;
    const peaks = new Set<number>();
    // Longer than the window of one analysis (170 ms), so that a gap in the sound is not taken for silence.
    for (let index = 0; index < 12; index++) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      for (const [context, tap] of taps) {
        if (context.state !== 'running') continue;
        const levels = new Float32Array(tap.frequencyBinCount);
        tap.getFloatFrequencyData(levels);
        levels.forEach((level, bin) => {
          const peak = level > -65 && level >= (levels[bin - 1] ?? -200) && level >= (levels[bin + 1] ?? -200);
          if (peak) peaks.add(Math.round((bin * context.sampleRate) / tap.fftSize));
        });
      }
    }
    return [...peaks];
  });
}

/** Hz per bin is 5.9; a codec may smear a tone over two. */
export const hears = (pitches: number[], toneHz: number): boolean => pitches.some((pitch) => Math.abs(pitch - toneHz) <= 15);
