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

/** The loudest pitches (Hz, within `resolution`) of everything that this page plays now. Empty: silence. */
export async function heardPitches(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const streams = [...document.querySelectorAll('audio, video')]
      .map((element) => element as HTMLMediaElement)
      .filter((element) => !element.paused && !element.muted && element.srcObject instanceof MediaStream)
      .map((element) => element.srcObject as MediaStream)
      .filter((stream) => stream.getAudioTracks().length > 0);
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    for (const stream of streams) context.createMediaStreamSource(stream).connect(analyser);
    const levels = new Float32Array(analyser.frequencyBinCount);
    const peaks = new Set<number>();
    // Half a second of sound: the window of one analysis is 170 ms.
    for (let index = 0; index < 4; index++) {
      await new Promise((resolve) => setTimeout(resolve, 130));
      analyser.getFloatFrequencyData(levels);
      levels.forEach((level, bin) => {
        const peak = level > -60 && level >= (levels[bin - 1] ?? -200) && level >= (levels[bin + 1] ?? -200);
        if (peak) peaks.add(Math.round((bin * context.sampleRate) / analyser.fftSize));
      });
    }
    await context.close();
    return [...peaks];
  });
}

/** Hz per bin is 5.9; a codec may smear a tone over two. */
export const hears = (pitches: number[], toneHz: number): boolean => pitches.some((pitch) => Math.abs(pitch - toneHz) <= 15);
