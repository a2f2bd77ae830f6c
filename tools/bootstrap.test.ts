// Owns the proof of the bootstrap's decisions: when packages are current, and what it says when something can't be had.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sameInstallation } from './bootstrap.mjs';

const bootstrap = path.join(import.meta.dirname, 'bootstrap.mjs');
const lockOf = (packages: object) => JSON.stringify({ packages });
const a = { version: '1.0.0', integrity: 'sha512-a' };

test.each([
  ['the same packages', { '': {}, 'node_modules/a': a }, { 'node_modules/a': a }, true],
  ['another version', { '': {}, 'node_modules/a': a }, { 'node_modules/a': { ...a, version: '1.0.1' } }, false],
  ['another content', { '': {}, 'node_modules/a': a }, { 'node_modules/a': { ...a, integrity: 'sha512-b' } }, false],
  ['one is missing', { '': {}, 'node_modules/a': a, 'node_modules/b': a }, { 'node_modules/a': a }, false],
  ['one for another platform is missing', { 'node_modules/b': { ...a, optional: true } }, {}, true],
  ['one is too many', {}, { 'node_modules/a': a }, false],
])('packages with %s', (_, lock, installed, same) => {
  expect(sameInstallation(lockOf(lock), lockOf(installed))).toBe(same);
});

test('an unknown command is told the known ones', () => {
  const { status, stderr } = spawnSync(process.execPath, [bootstrap, 'fly'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('Unknown command "fly". There are: start, serve, dev, test');
  expect(stderr).not.toContain('at main');
});
