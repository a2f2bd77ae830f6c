// What travels together in the built web: by small graphs of modules, and by the files and icons that there are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '#platform/config/environment.ts';
import type { Known } from './chunks-by-use.ts';
import { chunkOf, filesAskedFor } from './chunks-by-use.ts';
import { iconFiles, importOneByOne, onlyWhatIsDrawn } from './icons-by-themselves.ts';

const module = (importers: string[], more: Partial<Known> = {}): Known => ({
  isEntry: false,
  importers,
  dynamicImporters: [],
  ...more,
});
const graph: Record<string, Known> = {
  '/main.tsx': module([], { isEntry: true }),
  '/inside.tsx': module([], { dynamicImporters: ['/main.tsx'] }),
  '/chat-tab.tsx': module([], { dynamicImporters: ['/inside.tsx'] }),
  '/present-menu.tsx': module([], { dynamicImporters: ['/inside.tsx'] }),
  '/presentation-pdf.tsx': module([], { dynamicImporters: ['/inside.tsx'] }),
  '/profile-page.tsx': module([], { dynamicImporters: ['/main.tsx'] }),
  '/button.tsx': module(['/main.tsx', '/chat-tab.tsx']),
  '/stage.tsx': module(['/inside.tsx', '/chat-tab.tsx']),
  '/message.tsx': module(['/chat-tab.tsx']),
  '/sheet.tsx': module(['/chat-tab.tsx', '/present-menu.tsx', '/presentation-pdf.tsx']),
  '/entry.tsx': module(['/present-menu.tsx', '/entry-again.tsx']),
  '/entry-again.tsx': module(['/entry.tsx']),
  '/pages.tsx': module(['/presentation-pdf.tsx']),
  '/form.tsx': module(['/chat-tab.tsx', '/profile-page.tsx']),
};
const know = (id: string) => graph[id] ?? null;

describe('chunks by use', () => {
  it.each([
    ['what the first page needs too is not gathered', '/button.tsx', null],
    ['nor what another page shares', '/form.tsx', null],
    ['what the inside needs comes with it, whoever else does', '/stage.tsx', 'inside'],
    ['what is asked for is with what it needs alone', '/message.tsx', 'watching'],
    ['and itself', '/chat-tab.tsx', 'watching'],
    ['of two groups the first has what both need', '/sheet.tsx', 'watching'],
    ['modules that import each other are followed once', '/entry-again.tsx', 'directing'],
    ['what only the reader of presentations needs stays with it', '/pages.tsx', null],
  ])('%s', (_what, id, group) => expect(chunkOf(id, know)).toBe(group));

  it('every file that is named is there', () => {
    const there = ['session', 'features', 'shell'].flatMap((folder) =>
      readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.basename(file)),
    );
    for (const name of filesAskedFor) expect(there).toEqual(expect.arrayContaining([expect.stringMatching(`^${name}\\.tsx$`)]));
  });
});

describe('icons by themselves', () => {
  it('finds a file for each name of the library', async () => {
    const files = await iconFiles();
    expect(files.size).toBeGreaterThan(1000);
    for (const name of ['Check', 'CircleAlert', 'Volume2']) expect(existsSync(files.get(name) ?? '')).toBe(true);
  });

  it('keeps of an icon what is drawn', async () => {
    const icon = onlyWhatIsDrawn(readFileSync((await iconFiles()).get('SendHorizontal') as string, 'utf8'));
    expect(icon).not.toMatch(/key:|aliases|size|__iconData\.node/);
    const drawn = new Function(`${/const __iconData = [^;]+;/.exec(icon)?.[0]} return __iconData;`)() as unknown;
    expect(drawn).toEqual({
      name: 'send-horizontal',
      node: [
        ['path', { d: expect.stringMatching(/^M3\.714/) }],
        ['path', { d: 'M6 12h16' }],
      ],
    });
  });

  it('imports each from its file, and leaves the rest', () => {
    const files = new Map([
      ['Check', '/icons/check.mjs'],
      ['Mic', '/icons/mic.mjs'],
    ]);
    expect(importOneByOne("import { Check,\n  Mic, createLucideIcon } from 'lucide-react';\nconst a = 1;", files)).toBe(
      'import Check from "/icons/check.mjs"; import Mic from "/icons/mic.mjs"; import { createLucideIcon } from \'lucide-react\';\nconst a = 1;',
    );
    const types = "import type { LucideIcon } from 'lucide-react';";
    expect(importOneByOne(types, files)).toBe(types);
  });
});
