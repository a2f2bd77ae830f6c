// Owns what a first connection would otherwise wait for: code, and the browser's own starting of sound and of WebRTC (here 150 and 60 ms).
import { loadLivekit } from './load-livekit.ts';
import { audioContext } from './sound.ts';

let warm = false;

/** Failing here is no loss: connecting does the same again. */
export async function warmUpMedia(): Promise<void> {
  if (warm) return;
  warm = true;
  try {
    await loadLivekit();
    // One after the other with pauses between, so that no click has to wait for all of it.
    await new Promise((resolve) => setTimeout(resolve));
    audioContext();
    await new Promise((resolve) => setTimeout(resolve));
    new RTCPeerConnection().close();
  } catch {
    warm = false;
  }
}
