// Owns listening to one's own microphone while others may not hear it, for what voice-watch.ts makes of it.
import { audioContext } from '#platform/media/client/sound.ts';
import type { VoiceNews } from '../voice-watch.ts';
import { createVoiceWatch } from '../voice-watch.ts';

const measureEveryMs = 100;

function decibelsOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
}

/** Until stopped. Nothing that is heard leaves this function but its level. */
export function watchVoice(track: MediaStreamTrack, isMuted: () => boolean, onNews: (news: VoiceNews) => void): () => void {
  const sound = audioContext();
  // What is sent is silent while muted; this copy is not.
  const heard = track.clone();
  heard.enabled = true;
  const source = sound.createMediaStreamSource(new MediaStream([heard]));
  const analyser = sound.createAnalyser();
  analyser.fftSize = 2048;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const watch = createVoiceWatch();
  const timer = setInterval(() => {
    // Before the first click the context stands still, and everything measures as silence.
    if (sound.state !== 'running' || heard.muted) return;
    analyser.getFloatTimeDomainData(samples);
    const news = watch.note({ at: performance.now(), decibels: decibelsOf(samples), isMuted: isMuted() });
    if (news) onNews(news);
  }, measureEveryMs);
  return () => {
    clearInterval(timer);
    source.disconnect();
    heard.stop();
  };
}
