// Owns the proof that the built web is compressed beside its files, and that the name of a build follows its sources.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { precompress, sourcesHash } from './web-build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-web-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what gets smaller is compressed twice; the rest stays alone', async () => {
  const text = 'export const answer = 42;\n'.repeat(200);
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'assets/main.js'), text);
  writeFileSync(path.join(folder, 'tiny.css'), 'a{}');
  writeFileSync(path.join(folder, 'picture.png'), text);
  await precompress(folder);
  expect(gunzipSync(readFileSync(path.join(folder, 'assets/main.js.gz'))).toString()).toBe(text);
  expect(brotliDecompressSync(readFileSync(path.join(folder, 'assets/main.js.br'))).toString()).toBe(text);
  for (const name of ['tiny.css.gz', 'tiny.css.br', 'picture.png.gz', 'picture.png.br'])
    expect(existsSync(path.join(folder, name))).toBe(false);
});

test('a build is named by what the browser gets', async () => {
  const sources = path.join(folder, 'project');
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(sources, file)), { recursive: true });
    writeFileSync(path.join(sources, file), text);
  };
  write('apps/web/main.tsx', '1');
  write('features/chat/ui/chat.tsx', '1');
  const first = await sourcesHash(sources);
  write('features/chat/server/history.ts', '1');
  write('features/chat/core.test.ts', '1');
  write('platform/db/pglite.ts', '1');
  expect(await sourcesHash(sources)).toBe(first);
  write('features/chat/ui/chat.tsx', '2');
  expect(await sourcesHash(sources)).not.toBe(first);
});
