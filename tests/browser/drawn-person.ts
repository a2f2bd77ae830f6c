// Owns a fake camera that shows somebody: the demo's drawn host before their drawn room, as a film of still pictures.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from '@playwright/test';

const run = promisify(execFile);
const portrait = join(import.meta.dirname, '../../apps/web/public/demo/people/tomasz.svg');
/** Small and slow: without a graphics card, each frame of a background takes half a second. */
const size = { width: 320, height: 180 };
const framesPerSecond = 1;

/** The portrait is a cut-out of a drawing that has room around the person. Returns the .y4m file. */
export async function filmDrawnPerson(browser: Browser, folder: string): Promise<string> {
  const whole = readFileSync(portrait, 'utf8')
    .replace(/viewBox="[^"]*" width="\d+" height="\d+"/, 'viewBox="0 0 320 180"')
    // The drawn room is out of focus: sharp, it shows what a blur does to it.
    .replace(' filter="url(#b)"', '');
  const page = await browser.newPage({ viewport: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${whole}`);
  const picture = join(folder, 'person.png');
  await page.screenshot({ path: picture });
  await page.close();
  const film = join(folder, 'person.y4m');
  const still = [
    '-hide_banner',
    '-loglevel',
    'error',
    '-y',
    '-loop',
    '1',
    '-t',
    '3',
    '-r',
    String(framesPerSecond),
    '-i',
    picture,
  ];
  await run('ffmpeg', [...still, '-pix_fmt', 'yuv420p', film]);
  return film;
}
