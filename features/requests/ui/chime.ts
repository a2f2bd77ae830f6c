// Owns the sound at a new request, and whether it is wanted.
import { audioContext } from '#platform/media/client/sound.ts';
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';

const choice = 'requests.sound';
export const isChimeOn = (): boolean => readChoice(choice) !== 'off';
export const setChime = (on: boolean): void => keepChoice(choice, on ? null : 'off');

/** Two short soft notes. Where the browser still refuses sound there is none: the badge is there. */
export function chime(): void {
  const sound = audioContext();
  if (!isChimeOn() || sound.state !== 'running') return;
  [659.25, 880].forEach((frequency, index) => {
    const start = sound.currentTime + index * 0.12;
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.12, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
    tone.connect(volume).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  });
}
