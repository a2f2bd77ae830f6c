// Proves that every code a person can meet has a sentence of its own, in both languages.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { errorText } from './error-texts.ts';
import { setLanguage } from './texts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const parts = ['features', 'session', 'shell', 'platform/live', 'platform/media', 'platform/http'];
/** Codes that reach an operator or a program, never a person's screen. */
const notForPeople = new Set(['bad-signature']);

function codesInSources(): Set<string> {
  const codes = new Set<string>();
  for (const part of parts) {
    for (const name of readdirSync(path.join(root, part), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name) || /test(ing)?[^/]*\.tsx?$/.test(name)) continue;
      const source = readFileSync(path.join(root, part, name), 'utf8');
      for (const match of source.matchAll(/(?:refuse\(|new AppError\(\d+, )'([a-z-]+)'/g)) codes.add(match[1] ?? '');
    }
  }
  return codes;
}

test('each code has a sentence', () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  const codes = [...codesInSources()].filter((code) => !notForPeople.has(code));
  expect(codes).toContain('session-not-live');
  for (const language of ['en', 'de'] as const) {
    setLanguage(language);
    const unknown = errorText('no-such-code');
    expect(codes.filter((code) => code !== 'internal' && errorText(code) === unknown)).toEqual([]);
  }
  setLanguage('en');
});

test('details become words', () => {
  expect(errorText('too-many-attempts', { retryAfterSeconds: 90 })).toBe('Too many attempts. Try again in 2 minutes.');
  expect(errorText('stage-full', { limit: 25 })).toBe('The stage is full: 25 people are on it.');
});
