// Proves that a command line runs what it names, and that the long run leaves nothing out that has a full size.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '#platform/config/environment.ts';
import { wantedParts } from './test-parts.ts';

const namesOf = (words: string[]) => wantedParts(words).map(({ part }) => part);

test.each([
  [[], ['check', 'unit', 'flows', 'faults', 'budget', 'browser']],
  [['faults'], ['faults']],
  [['broken-sockets'], ['faults']],
  [['no-test-is-called-so'], []],
  [['--long', 'killed-server'], ['faults']],
  [['--long', 'breakouts-two-servers'], ['flows']],
  [['--long', 'flows', 'chat'], ['flows']],
])('%j runs %j', (words, expected) => {
  expect(namesOf(words)).toEqual(expected);
});

test('a part that is named gets the words behind it', () => {
  expect(wantedParts(['browser', 'tests/browser/chat.test.ts'])).toEqual([
    { part: 'browser', filters: ['tests/browser/chat.test.ts'] },
  ]);
});

test('the long run has every file that has a full size', () => {
  const sized = globSync('tests/**/*.test.ts', { cwd: projectRoot }).filter((file) =>
    /\bsized\(/.test(readFileSync(path.join(projectRoot, file), 'utf8')),
  );
  expect(sized.length).toBeGreaterThan(10);
  const wanted = wantedParts(['--long']);
  expect(wanted.map(({ part }) => part)).toEqual(['faults', 'flows']);
  const isRun = (file: string) =>
    wanted.some(({ part, filters }) => (part === 'faults' ? /^tests\/(faults|security)\//.test(file) : filters.includes(file)));
  expect(sized.filter((file) => !isRun(file))).toEqual([]);
});
