// Owns the sound that calls a supporter. Made by the browser itself: two soft tones.
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';

const choice = 'support-sound';
const tones: readonly [hz: number, atS: number][] = [
  [660, 0],
  [880, 0.16],
];
const toneS = 0.32;
const loudness = 0.12;
let context: AudioContext | null = null;

export const isChimeOn = (): boolean => readChoice(choice) !== 'off';
export const setChime = (on: boolean): void => keepChoice(choice, on ? null : 'off');

export function playChime(): void {
  if (!isChimeOn()) return;
  try {
    context ??= new AudioContext();
    void context.resume();
    const now = context.currentTime;
    for (const [hz, atS] of tones) {
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, now + atS);
      gain.gain.linearRampToValueAtTime(loudness, now + atS + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, now + atS + toneS);
      const oscillator = new OscillatorNode(context, { frequency: hz });
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(now + atS);
      oscillator.stop(now + atS + toneS);
    }
  } catch {
    // A machine without sound: the badge still shows who waits.
  }
}
