// The way out of a refusal, as each browser's user reads it.
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { setLanguage } from '#platform/ui/texts.ts';
import { DeviceHelp } from './device-help.tsx';
import type { DevicesSnapshot } from './device-store.ts';

const blocked = { is: 'trouble', trouble: 'blocked' } as const;
const both = { camera: blocked, microphone: blocked } as DevicesSnapshot;

function stepsIn(language: 'en' | 'de', navigator: { userAgent: string; maxTouchPoints?: number }): string[] {
  vi.stubGlobal('navigator', navigator);
  vi.stubGlobal('document', { documentElement: {} });
  setLanguage(language);
  const html = renderToStaticMarkup(<DeviceHelp devices={both} onCheckAgain={() => undefined} />);
  return [...html.matchAll(/<li><span aria-hidden="true">(\d)<\/span>([^<]+)<\/li>/g)].map(([, , words]) => words as string);
}
afterEach(() => {
  setLanguage('en');
  vi.unstubAllGlobals();
});

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15';
const phone = `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/146.0.0.0 Mobile Safari/537.36`;

it.each([
  [
    'Chrome',
    { userAgent: `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/146.0.0.0 Safari/537.36` },
    'the sign left',
    'das Zeichen',
  ],
  [
    'Edge',
    { userAgent: `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0` },
    'the lock',
    'das Schloss',
  ],
  [
    'Firefox',
    { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' },
    'crossed-out',
    'durchgestrichen',
  ],
  ['Safari', { userAgent: mac, maxTouchPoints: 0 }, 'menu bar', 'Menüleiste'],
  ['an iPad', { userAgent: mac, maxTouchPoints: 5 }, 'the Settings app', 'Einstellungen'],
  ['Chrome on Android', { userAgent: phone }, 'the sign left of the address, then', 'das Zeichen'],
  ['Edge on Android', { userAgent: `${phone} EdgA/146.0.0.0` }, 'the lock left of the address, then', 'das Schloss'],
  [
    'Firefox on Android',
    { userAgent: 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0' },
    'the lock',
    'das Schloss',
  ],
])('%s', (_, navigator, english, german) => {
  const [en, de] = [stepsIn('en', navigator), stepsIn('de', navigator)];
  expect([en.length, de.length]).toEqual([3, 3]);
  expect(en[0]).toContain(english);
  expect(de[0]).toContain(german);
});
