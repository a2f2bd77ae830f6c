// Owns the proof that generated files are those that their sources generate now.
import { expect, test } from 'vitest';
import { envExample } from '#platform/config/env-example.ts';
import { variableNames } from '#platform/config/variables.ts';
import { textOf } from './source-files.ts';

test('.env.example is up to date: npm run env-example', () => {
  expect(textOf('.env.example')).toBe(envExample());
});

test('.env.example explains every variable', () => {
  const example = textOf('.env.example');
  for (const name of variableNames) expect(example).toMatch(new RegExp(`^# .+\\n#${name}=$`, 'm'));
});
