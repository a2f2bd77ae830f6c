// Proves that signing in leads only to addresses of our own.
import { expect, test } from 'vitest';
import { safeReturn } from './use-sign-in.ts';

test.each(['/events/a/program?text=b', '/sessions/1#chat'])('%s is ours', (to) => {
  expect(safeReturn(to)).toBe(to);
});

test.each([undefined, '', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)'])(
  '%s is not, and leads to the events',
  (to) => {
    expect(safeReturn(to)).toBe('/events');
  },
);
