// What browsers say when a device cannot be had, and which browser said it.
import { expect, it } from 'vitest';
import { browserOf, isPhone, troubleOf } from './device-trouble.ts';

it.each([
  ['NotAllowedError', 'Permission denied', 'blocked'],
  ['NotAllowedError', 'Permission denied by system', 'blocked-by-system'],
  ['NotFoundError', 'Requested device not found', 'missing'],
  ['OverconstrainedError', '', 'missing'],
  ['NotReadableError', 'Could not start video source', 'busy'],
  ['AbortError', 'Starting videoinput failed', 'busy'],
  ['TypeError', 'x', 'failed'],
])('%s "%s" is %s', (name, message, trouble) => {
  expect(troubleOf({ name, message })).toBe(trouble);
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36', 'chrome'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0', 'edge'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'firefox'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
    'safari',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36',
    'android-chrome',
  ],
  ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/146.0.0.0 Mobile Safari/537.36 EdgA/146.0.0.0', 'android-edge'],
  ['Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0', 'android-firefox'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/146.0 Mobile Safari/604.1', 'ios'],
])('%s is %s', (userAgent, browser) => {
  expect(browserOf({ userAgent })).toBe(browser);
});

it('an iPad that gives itself out as a Mac is told by its touch screen', () => {
  const userAgent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15';
  expect([browserOf({ userAgent, maxTouchPoints: 5 }), isPhone({ userAgent, maxTouchPoints: 5 })]).toEqual(['ios', true]);
  expect([browserOf({ userAgent, maxTouchPoints: 0 }), isPhone({ userAgent })]).toEqual(['safari', false]);
  const windows = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/146.0.0.0 Safari/537.36';
  expect(browserOf({ userAgent: windows, maxTouchPoints: 10 })).toBe('chrome');
});
