// Owns the page's one AudioContext: unlocking it by a click, the speaker it plays on, a test sound, and the level of a microphone.

let context: AudioContext | null = null;
let speakerId = '';
const listeners = new Set<() => void>();

type WithSink = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Made on first use: browsers count contexts, and warn of those made too early. */
export function audioContext(): AudioContext {
  if (!context) {
    context = new AudioContext({ latencyHint: 'interactive' });
    context.onstatechange = () => {
      for (const listener of [...listeners]) listener();
    };
    if (speakerId) void (context as WithSink).setSinkId?.(speakerId).catch(() => undefined);
  }
  return context;
}

/** Browsers allow sound only after a click or a key; call this inside one. */
export async function unlockSound(): Promise<void> {
  const sound = audioContext();
  if (sound.state !== 'running') await sound.resume().catch(() => undefined);
}

export const soundIsBlocked = (): boolean => context !== null && context.state !== 'running';

export function onSoundState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const canChooseSpeaker = (): boolean => typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;

/** An empty id is the system's default. */
export async function chooseSpeaker(deviceId: string): Promise<void> {
  speakerId = deviceId;
  if (context && canChooseSpeaker()) await (context as WithSink).setSinkId?.(deviceId).catch(() => undefined);
}

/** Two soft notes, half a second each. Resolves when they have ended. */
export async function playTestSound(): Promise<void> {
  await unlockSound();
  const sound = audioContext();
  const notes = [523.25, 783.99];
  const length = 0.5;
  notes.forEach((frequency, index) => {
    const start = sound.currentTime + index * length * 0.7;
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.22, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + length);
    tone.connect(volume).connect(sound.destination);
    tone.start(start);
    tone.stop(start + length);
  });
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

/** From -60 dB (silence) to -10 dB (loud), as 0 to 1. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibel = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-10);
  return Math.min(1, Math.max(0, (decibel + 60) / 50));
}

const measureEveryMs = 66;

/** Calls back with 0…1 some fifteen times a second until stopped. The track itself is left alone. */
export function meterLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const sound = audioContext();
  const source = sound.createMediaStreamSource(new MediaStream([track]));
  const analyser = sound.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  }, measureEveryMs);
  return () => {
    clearInterval(timer);
    source.disconnect();
  };
}
