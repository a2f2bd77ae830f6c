// What the page remembers of errors: no addresses, no words of people, a few only.
import { describe, expect, it } from 'vitest';
import { keepError, keptErrors, startErrorRing, withoutSecrets } from './error-ring.ts';

describe('withoutSecrets', () => {
  it.each([
    ['Failed to fetch https://x.example/a?token=abc#b', 'Failed to fetch (address)'],
    ['wss://x.example/live closed', '(address) closed'],
    ['mail to ada@example.org failed', 'mail to (e-mail) failed'],
    ['Unexpected token in "my private words"', 'Unexpected token in (text)'],
    ["Cannot read 'my private words' now", 'Cannot read (text) now'],
    ['GET /api/events/secret-fair/support?x=1 failed', 'GET (path) failed'],
    ['id 018f3c2a-1111-7222-8333-444455556666 missing', 'id (id) missing'],
    ['eyJhbGciOiJIUzI1NiJ9abcdefgh', '(id)'],
    ["NotAllowedError: can't open the device", "NotAllowedError: can't open the device"],
    ['x'.repeat(23), 'x'.repeat(23)],
  ])('%s', (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });

  it('is cut', () => {
    expect(withoutSecrets('word '.repeat(100)).length).toBeLessThanOrEqual(200);
  });
});

describe('the ring', () => {
  it('keeps the last ten, the same one after the other once', () => {
    for (let index = 0; index < 12; index++) {
      keepError(new TypeError(`number ${index}`));
      keepError(new TypeError(`number ${index}`));
    }
    expect(keptErrors().map((one) => one.text)).toEqual(
      Array.from({ length: 10 }, (_, index) => `TypeError: number ${index + 2}`),
    );
  });

  it('takes what nobody caught, and nothing of unknown shape', () => {
    const listeners = new Map<string, (event: unknown) => void>();
    startErrorRing({
      addEventListener: (type: string, listener: unknown) => listeners.set(type, listener as (event: unknown) => void),
    } as unknown as Window);
    listeners.get('error')?.({ message: 'Script error.' });
    listeners.get('unhandledrejection')?.({ reason: { password: 'x' } });
    expect(keptErrors().at(-1)?.text).toBe('Script error.');
  });
});
