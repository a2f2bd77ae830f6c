// Owns where the browser tests get Chromium, ffmpeg, other producers of PDFs and fonts from: what is installed, or Debian's packages when we may install them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { HouseError, needSpace } from './cache.mjs';
import { runTool } from './launcher/run-tool.ts';

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const chromiumPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function onPath(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** The path of a Chromium or Chrome, or null. `CHROMIUM` names one to use instead. */
export function findChromium(): string | null {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const named = chromiumNames.map(onPath).find((found) => found !== null);
  return named ?? chromiumPlaces.find((file) => existsSync(file)) ?? null;
}

/** The path of ffmpeg, which makes the fake camera and microphone, or null. */
export function findFfmpeg(): string | null {
  return onPath('ffmpeg');
}

export function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Cairo's and Ghostscript's PDFs are shown in the tests, and made there. */
const producers: Record<string, string> = { 'rsvg-convert': 'librsvg2-bin', gs: 'ghostscript' };
/** For the scripts in those PDFs. Other systems bring fonts along; where they lack one, its letters are boxes, in all pictures alike. */
const debianFonts: Record<string, string> = {
  'dejavu/DejaVuSans-Bold.ttf': 'fonts-dejavu-core',
  'lohit-devanagari/Lohit-Devanagari.ttf': 'fonts-lohit-deva',
  'wqy/wqy-microhei.ttc': 'fonts-wqy-microhei',
};
const fontFolder = '/usr/share/fonts/truetype';

/** The names of Debian's packages that are still to be had. */
export function missingForBrowsers(): string[] {
  const fonts = isDebian() ? Object.entries(debianFonts) : [];
  return [
    ...(findChromium() ? [] : ['chromium']),
    ...(findFfmpeg() ? [] : ['ffmpeg']),
    ...Object.entries(producers).flatMap(([command, name]) => (onPath(command) ? [] : [name])),
    ...fonts.flatMap(([file, name]) => (existsSync(path.join(fontFolder, file)) ? [] : [name])),
  ];
}

const brewNames: Record<string, string> = { chromium: '--cask google-chrome', 'librsvg2-bin': 'librsvg' };

/** "chromium, ffmpeg and ghostscript". */
export const inWords = (names: readonly string[]): string => new Intl.ListFormat('en-GB').format(names);

export function howToInstall(missing: readonly string[]): string {
  const names = inWords(missing);
  if (isDebian()) return `Install ${names}: apt-get install ${missing.join(' ')}`;
  if (process.platform === 'darwin')
    return `Install ${names}: brew install ${missing.map((name) => brewNames[name] ?? name).join(' ')}`;
  return `Install ${names} with your system’s package manager, so that they are on PATH.`;
}

async function apt(args: readonly string[], signal: AbortSignal): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await runTool('apt-get', args, { env, signal });
  if (code === 0) return;
  throw new HouseError(`${output}\n\napt-get ${args[0]} failed; its own words are above. ${howToInstall(missingForBrowsers())}`);
}

/** Afterwards they are all there. As root on Debian it installs them; elsewhere it says what to install. */
export async function ensureBrowserTools(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const missing = missingForBrowsers();
  if (missing.length === 0) return;
  if (!isDebian() || process.getuid?.() !== 0)
    throw new HouseError(`The browser tests need ${inWords(missing)}. ${howToInstall(missing)}`);
  await needSpace('/usr', 1_500, `installing ${missing.join(' and ')}`);
  say(`Browser tests: installing ${missing.join(' and ')} with apt-get (about a minute, once)…`);
  await apt(['update'], signal);
  await apt(['install', '--yes', '--no-install-recommends', ...missing], signal);
}
