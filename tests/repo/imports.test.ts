// Owns the proof that the import rules of ARCHITECTURE.md hold, and that each of them can fail.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ImportRule, importRules } from './import-rules.ts';
import { isTest, type SourceFile, sourceFiles } from './source-files.ts';

/** A path inside the project, or the package's name as it is. */
function targetOf(specifier: string, file: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}

const broken = (rule: ImportRule, { file, imports }: Pick<SourceFile, 'file' | 'imports'>) =>
  isTest(file) || !rule.from(file)
    ? []
    : imports
        .filter(({ specifier, typeOnly }) => rule.forbids(targetOf(specifier, file), file, typeOnly))
        .map(({ specifier }) => `${file} imports ${specifier}`);

test.each(importRules)('$teaches', (rule) => {
  expect(
    sourceFiles.flatMap((source) => broken(rule, source)),
    rule.teaches,
  ).toEqual([]);
});

describe('each rule can fail', () => {
  test.each([
    ['features/chat/core.ts', 'node:fs', 0],
    ['features/chat/contract.ts', 'react', 0],
    ['session/decider.ts', '#features/chat/server/history.ts', 0],
    ['features/chat/ui/panel.tsx', '#features/chat/server/history.ts', 1],
    ['features/chat/server/history.ts', '#platform/ui/button.tsx', 1],
    ['features/chat/ui/panel.tsx', '#features/stage/ui/tile.tsx', 2],
    ['shell/events/server/list.ts', '#features/stage/core.ts', 2],
    ['platform/live/hub.ts', '#session/state.ts', 3],
    ['platform/live/hub.ts', '#apps/server/compose.ts', 4],
    ['platform/db/pg.ts', '#tools/cache.mjs', 5],
    ['shell/events/server/list.ts', 'livekit-server-sdk', 6],
    ['features/stage/ui/tile.tsx', 'livekit-client', 7],
  ])('%s importing %s', (file, specifier, rule) => {
    expect(broken(importRules[rule] as ImportRule, { file, imports: [{ specifier, typeOnly: false }] })).toHaveLength(1);
  });
});

describe('how imports are written', () => {
  const all = sourceFiles.flatMap(({ file, imports }) => imports.map(({ specifier }) => ({ file, one: specifier })));

  /** Such as `features/chat`, `platform/live`, `tools`. */
  const homeOf = (file: string) => /^(?:features|shell|platform|tests|apps)\/[^/]+|^[^/]+/.exec(file)?.[0];

  test('from elsewhere by subpath (#platform/…); ./ and one ../ only at home', () => {
    const astray = all.filter(
      ({ file, one }) => one.startsWith('../') && (one.startsWith('../../') || homeOf(targetOf(one, file)) !== homeOf(file)),
    );
    expect(astray.map(({ file, one }) => `${file} imports ${one}`)).toEqual([]);
  });

  test('with the file’s extension, because Node runs the files as they are', () => {
    const bare = all.filter(({ one }) => /^[#.]/.test(one) && !/\.(ts|tsx|mjs|css|json|svg|webp|sql)(\?\w+)?$/.test(one));
    expect(bare.map(({ file, one }) => `${file} imports ${one}`)).toEqual([]);
  });
});

describe('who may ask the surroundings', () => {
  const readers = (globals: readonly string[], may: (file: string) => boolean) =>
    sourceFiles
      .filter((source) => !isTest(source.file) && !may(source.file))
      .flatMap((source) => globals.filter((name) => source.globals.has(name)).map((name) => `${source.file} reads ${name}`));

  test('only platform/config reads the environment: other parts get a checked Config', () => {
    expect(readers(['process.env'], (file) => /^(platform\/config|tools)\/|^vite\.config\.ts$/.test(file))).toEqual([]);
  });

  test('only ui/ and the clients in platform/ touch the browser: other parts also run on the server', () => {
    const browser = ['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'location'];
    expect(readers(browser, (file) => /(^|\/)(ui|client)\/|^apps\/web\//.test(file))).toEqual([]);
  });
});
