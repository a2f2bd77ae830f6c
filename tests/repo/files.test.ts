// Owns the proof that files are small, named and introduced as CONTRIBUTING.md says, and say nothing about the machine they were written on.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTest, lineCount, projectFiles, sourceFiles, textOf } from './source-files.ts';

const code = projectFiles.filter((file) => /\.(tsx?|mjs|css|sql)$/.test(file));
const linesOf = new Map(code.map((file) => [file, lineCount(textOf(file))]));
const over = (limit: number) =>
  code.filter((file) => (linesOf.get(file) ?? 0) > limit).map((file) => `${file}: ${linesOf.get(file)} lines`);

describe('sizes', () => {
  test('no file has more than 500 lines', () => {
    expect(over(500)).toEqual([]);
  });

  test('nine of ten have at most 300', () => {
    expect(over(300).length / code.length, over(300).join('\n')).toBeLessThanOrEqual(0.1);
  });

  test('half of them have at most 100', () => {
    const sorted = [...linesOf.values()].sort((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(100);
  });

  test('a function has at most 80 lines, a React component 120', () => {
    const production = sourceFiles.filter(({ file }) => !isTest(file));
    const long = production.flatMap(({ file, functions }) =>
      functions
        .filter(({ name, lines }) => lines > (file.endsWith('.tsx') && /^[A-Z]/.test(name) ? 120 : 80))
        .map(({ name, lines }) => `${file}: ${name} has ${lines} lines`),
    );
    expect(long).toEqual([]);
  });

  test('a .tsx file has one component', () => {
    const several = sourceFiles.filter(({ file, components }) => !isTest(file) && components.length > 1);
    expect(several.map(({ file, components }) => `${file}: ${components.join(', ')}`)).toEqual([]);
  });
});

describe('introductions', () => {
  test('the first line of every file is a comment: what it owns and what it leaves to others', () => {
    const mute = code.filter((file) => !/^(\/\/ |\/\* |-- )\S/.test(textOf(file)));
    expect(mute).toEqual([]);
  });
});

describe('names', () => {
  const forbidden = /(^|[-.])(utils?|helpers?|commons?|misc|services?|managers?|components?)([-.]|$)/;

  test('no folder or file is called by a word that says nothing', () => {
    expect(projectFiles.filter((file) => file.split('/').some((part) => forbidden.test(part)))).toEqual([]);
    expect('chat-helpers.ts').toMatch(forbidden);
  });

  test('nothing exported is called by such a word', () => {
    const empty = /(Utils?|Helpers?|Misc|Services?|Managers?|Components?)$/;
    expect(
      sourceFiles.flatMap(({ file, exportedNames }) =>
        exportedNames.filter((name) => empty.test(name)).map((name) => `${file}: ${name}`),
      ),
    ).toEqual([]);
  });

  test('files are written in kebab-case', () => {
    const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
    const written = projectFiles.filter((file) => /\.(tsx?|mjs|css|sql|json|svg)$/.test(file)).map((file) => path.basename(file));
    expect(written.filter((name) => !kebab.test(name))).toEqual([]);
  });
});

describe('exports', () => {
  test('no `export *`: a reader must see where a name comes from', () => {
    expect(sourceFiles.filter((source) => source.exportsAll).map((source) => source.file)).toEqual([]);
  });

  test('no default exports, but where a tool wants one', () => {
    expect(
      sourceFiles
        .filter((source) => source.exportsDefault && !/^vite(st)?\.config\.ts$/.test(source.file))
        .map((source) => source.file),
    ).toEqual([]);
  });
});

describe('contents', () => {
  const texts = projectFiles.filter(
    (file) => /\.(tsx?|mjs|css|sql|json|md|ya?ml|html|svg|example|mod)$|(^|\/)run$/.test(file) && file !== 'package-lock.json',
  );

  test('no path of a particular machine', () => {
    const machine = new RegExp(`(^|[\\s'"\`(=:])/(${['work', 'root', 'tmp', 'home', 'Users'].join('|')})/`, 'm');
    expect(texts.filter((file) => machine.test(textOf(file)))).toEqual([]);
  });

  test('nothing is put off: no TODO, FIXME or XXX', () => {
    const putOff = new RegExp(
      `\\b(${['TO', 'FIX'].map((word) => `${word}${word === 'TO' ? 'DO' : 'ME'}`).join('|')}|${'X'.repeat(3)})\\b`,
    );
    expect(texts.filter((file) => putOff.test(textOf(file)) && file !== 'tests/repo/files.test.ts')).toEqual([]);
  });

  test('no test is skipped, alone, or tried again', () => {
    const evasive = /\b(test|it|describe)\.(skip|only|todo|fails)\b|\.skipIf\(|\.runIf\(|\bretry:\s*[1-9]|context\.skip\(/;
    expect(
      sourceFiles
        .filter(({ file, text }) => isTest(file) && evasive.test(text) && file !== 'tests/repo/files.test.ts')
        .map(({ file }) => file),
    ).toEqual([]);
  });
});
