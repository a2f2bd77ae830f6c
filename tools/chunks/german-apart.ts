// Owns that a reader fetches the words of one language in the built web: the German ones go into a file of their own, for those who read German.
// Files are told by their form, which the formatter keeps: `de: {` to `},` at the depth of `defineTexts`.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const named = /defineTexts\('([\w-]+)', \{\n/;
const german = /^ {2}de: (\{\n[\s\S]*?\n {2}\}),\n/m;
const folders = 'apps,features,platform,session,shell';

/** The namespace of a file of texts and the source of its German words; null where they are not written over several lines. */
function germanOf(code: string): { namespace: string; words: string } | null {
  const [, namespace] = named.exec(code) ?? [];
  const [, words] = german.exec(code) ?? [];
  return namespace && words ? { namespace, words } : null;
}

/** Lines stay where they were. */
export function withoutGerman(code: string): string {
  return germanOf(code) ? code.replace(german, (whole) => `  de: {${'\n'.repeat(whole.split('\n').length - 2)}},\n`) : code;
}

/** All German words of these sources, by namespace. Throws where a word is more than a string, or two files have one namespace. */
export function germanWordsOf(sources: readonly string[]): Record<string, Record<string, string>> {
  const all: Record<string, Record<string, string>> = {};
  for (const source of sources) {
    const found = germanOf(source);
    if (!found) continue;
    const { namespace, words } = found;
    if (namespace in all) throw new Error(`Two files of texts are called ${namespace}`);
    // Our own source, at build time; anything that is not spelled out there throws.
    all[namespace] = new Function(`return (${words})`)() as Record<string, string>;
    for (const [key, word] of Object.entries(all[namespace]))
      if (typeof word !== 'string') throw new Error(`${namespace}.${key} is no text`);
  }
  return all;
}

export function germanApart(root: string): Plugin {
  return {
    name: 'stagedoor-german-apart',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (id !== path.join(root, 'platform/ui/german-words.ts')) return null;
      const files = globSync(`{${folders}}/**/*.{ts,tsx}`, { cwd: root }).filter((file) => !file.includes('.test.'));
      const sources = files.sort().map((file) => readFileSync(path.join(root, file), 'utf8'));
      return { code: `export const germanWords = ${JSON.stringify(germanWordsOf(sources))};`, map: null };
    },
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || id.includes('node_modules') || !code.includes('defineTexts(')) return null;
      return { code: withoutGerman(code), map: null };
    },
  };
}
