// Owns the browsers of the tests: Debian's Chromium with fake devices, one process per person with devices of their own.
import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import type { FakeDevices } from './fake-devices.ts';
import { listenAlong } from './senses.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome'];

const quietFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Two cores carry browsers, LiveKit and server: slow is not broken. */
export const patienceMs = 20_000;

export interface BrowserOptions {
  devices?: FakeDevices;
  /** False: the browser asks for a gesture before it plays sound, as at home. */
  autoplay?: boolean;
  /** False: nobody answers the question for camera and microphone. */
  allowDevices?: boolean;
  /** The graphics card may be used, where there is one. */
  graphics?: boolean;
}

export async function openBrowser({
  devices,
  autoplay = true,
  allowDevices = true,
  graphics = false,
}: BrowserOptions = {}): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));
  if (!executablePath) throw new Error('No Chromium found: install the Debian package chromium, or set CHROMIUM to its path');
  // Twenty pictures a second of 720p, in three sizes, are most of what the machine does; files have a rate of their own.
  const args = [...quietFlags, ...(graphics ? [] : ['--disable-gpu']), '--use-fake-device-for-media-stream=fps=5'];
  if (allowDevices) args.push('--use-fake-ui-for-media-stream');
  args.push(`--autoplay-policy=${autoplay ? 'no-user-gesture-required' : 'document-user-activation-required'}`);
  if (devices)
    args.push(`--use-file-for-fake-video-capture=${devices.camera}`, `--use-file-for-fake-audio-capture=${devices.microphone}`);
  return chromium.launch({ executablePath, args, chromiumSandbox: false });
}

export interface ViewOptions {
  width?: number;
  height?: number;
  locale?: string;
  colorScheme?: 'light' | 'dark';
}

/** A person's own profile: cookies and storage of nobody else. Fails the test on a request to another host. */
export async function openProfile(browser: Browser, origin: string, view: ViewOptions = {}): Promise<Profile> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: view.width ?? 1280, height: view.height ?? 720 },
    locale: view.locale ?? 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: view.colorScheme ?? 'light',
  });
  const foreign: string[] = [];
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && host !== new URL(origin).host) foreign.push(request.url());
  });
  context.setDefaultTimeout(patienceMs);
  await context.addInitScript(listenAlong);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/.test(message.text())) problems.push(message.text());
  });
  return { context, page, foreign, problems };
}

export interface Profile {
  context: BrowserContext;
  page: Page;
  /** Requests to hosts that are not ours: must stay empty. */
  foreign: string[];
  /** Uncaught errors and violations of the content security policy: must stay empty. */
  problems: string[];
}
