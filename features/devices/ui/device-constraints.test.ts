// What a camera is asked for on this machine, as its browser describes it.
import { afterEach, expect, it, vi } from 'vitest';
import { constraintsOf } from './device-constraints.ts';

afterEach(() => vi.unstubAllGlobals());

const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15';
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/146.0.0.0 Safari/537.36';

it.each([
  ['a desktop', { userAgent: chrome, hardwareConcurrency: 8 }, 1280, 720],
  ['a weak machine', { userAgent: chrome, hardwareConcurrency: 2 }, 640, 360],
  ['an iPhone, all of which say four cores', { userAgent: iPhone, hardwareConcurrency: 4 }, 960, 540],
  ['an iPad, which calls itself a Mac', { userAgent: mac, hardwareConcurrency: 4, maxTouchPoints: 5 }, 960, 540],
])('%s', (_, navigator, width, height) => {
  vi.stubGlobal('navigator', navigator);
  expect(constraintsOf('camera', '', 'none')).toMatchObject({ width: { ideal: width }, height: { ideal: height } });
});
