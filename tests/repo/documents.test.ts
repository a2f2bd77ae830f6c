// Owns the proof that the documents do not lie about files: every path and link in them leads somewhere.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles, root, textOf } from './source-files.ts';

const documents = projectFiles.filter((file) => file.endsWith('.md'));
const folders = 'apps|session|features|shell|platform|media|tools|tests|bench|docs';
/** `features/chat/core.ts`, but no pattern such as `features/<name>/core.ts` or `features/*`. */
const pathsIn = (text: string) =>
  [...text.matchAll(new RegExp(`\`((?:${folders})/[\\w./-]*)\``, 'g'))].map((match) => match[1] ?? '');
const linksIn = (text: string) =>
  [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '').filter((link) => !/^[a-z]+:/.test(link));

test.each(documents)('%s names only files that exist', (document) => {
  const text = textOf(document);
  const missing = [
    ...pathsIn(text).filter((one) => !existsSync(path.join(root, one))),
    ...linksIn(text).filter((one) => !existsSync(path.join(root, path.dirname(document), one))),
  ];
  expect(missing).toEqual([]);
});

test('a path that leads nowhere would be found', () => {
  expect(pathsIn('see `platform/nowhere.ts` and `features/<name>/core.ts`')).toEqual(['platform/nowhere.ts']);
  expect(linksIn('[a](docs/x.md) [b](https://example.org) [c](#here)')).toEqual(['docs/x.md']);
});
