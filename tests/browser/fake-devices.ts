// Owns what the fake cameras and microphones of the browser tests show and say: a plain colour and a plain tone, made by ffmpeg.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface FakeDevices {
  /** A .y4m file for Chromium's fake camera. */
  camera: string;
  /** A .wav file for its fake microphone. */
  microphone: string;
}

/** `colour` as ffmpeg names it; `toneHz` is what the others must hear; null: a microphone that gives nothing. */
export async function makeFakeDevices(folder: string, name: string, colour: string, toneHz: number | null): Promise<FakeDevices> {
  const camera = join(folder, `${name}.y4m`);
  const microphone = join(folder, `${name}.wav`);
  const sound = toneHz === null ? 'anullsrc=r=48000:cl=mono:d=10' : `sine=frequency=${toneHz}:sample_rate=48000:duration=10`;
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y'];
  await Promise.all([
    run('ffmpeg', [...quiet, '-f', 'lavfi', '-i', `color=c=${colour}:s=320x180:r=10:d=2`, '-pix_fmt', 'yuv420p', camera]),
    run('ffmpeg', [...quiet, '-f', 'lavfi', '-i', sound, '-ac', '1', microphone]),
  ]);
  return { camera, microphone };
}
