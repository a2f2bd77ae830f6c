// Owns whether this browser can draw virtual backgrounds, and fetching what draws them. Small: it is there before any is used.
import type { OpenFilter } from '#features/devices/contract.ts';
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';
import { type Background, backgroundOf } from '../backgrounds.ts';

export const openBackground: OpenFilter = async (camera, look, onTooSlow) => {
  const { openSegmentedPicture } = await import('./segmented-picture.ts');
  return openSegmentedPicture(camera, look, onTooSlow);
};

export type WhyNot = 'browser' | 'graphics';

let answer: WhyNot | null | undefined;

/** Null: it can. Making a drawing context costs a little, so it is asked once. */
export function whyNoBackgrounds(): WhyNot | null {
  if (answer !== undefined) return answer;
  const canTakeApart = 'VideoFrame' in globalThis && 'OffscreenCanvas' in globalThis && 'createImageBitmap' in globalThis;
  const canPutTogether = 'MediaStreamTrackGenerator' in globalThis || 'captureStream' in HTMLCanvasElement.prototype;
  if (!canTakeApart || !canPutTogether) answer = 'browser';
  else answer = new OffscreenCanvas(1, 1).getContext('webgl2') ? null : 'graphics';
  return answer;
}

/** What was chosen last time, where it can be had. */
export const rememberedBackground = (): Background => {
  const kept = backgroundOf(readChoice('background'));
  return kept !== 'none' && whyNoBackgrounds() ? 'none' : kept;
};

export const keepBackground = (look: string): void => keepChoice('background', look === 'none' ? null : look);
