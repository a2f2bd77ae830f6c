// Owns what icons weigh in the built web: each is imported from its own file, since through the library's one index the bundler takes every icon
// to be used wherever any is; and of each only what is drawn is kept.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const library = 'lucide-react';
const imported = /import \{([^}]+)\} from 'lucide-react';/g;
const indexed = /export \{ ([^}]+) \} from '\.\/(icons\/[\w-]+\.mjs)';/g;

/** By its name, the file of each icon. */
export async function iconFiles(): Promise<Map<string, string>> {
  const require = createRequire(import.meta.url);
  const folder = path.join(path.dirname(require.resolve(`${library}/package.json`)), 'dist/esm');
  const files = new Map<string, string>();
  for (const [, names = '', file = ''] of (await readFile(path.join(folder, `${library}.mjs`), 'utf8')).matchAll(indexed))
    for (const name of names.split(', ')) files.set(name.replace(/^default as /, ''), path.join(folder, file));
  return files;
}

/** Names that an icon had before, keys that only matter where parts change places, and the size that all have anyway. */
const notDrawn = [/,\s*key: "\w+"/g, /,\s*aliases: \[[^\]]*\]/g, /\s*size: 24,/g, /^__iconData\.node;$/gm];

export const onlyWhatIsDrawn = (icon: string): string => notDrawn.reduce((code, pattern) => code.replace(pattern, ''), icon);

/** The same code, with an import for each icon; types, and what is no icon, stay as they are. */
export function importOneByOne(code: string, files: ReadonlyMap<string, string>): string {
  return code.replace(imported, (_whole, names: string) => {
    const wanted = names.split(',').map((name) => name.trim());
    const icons = wanted.filter((name) => files.has(name));
    const others = wanted.filter((name) => name && !files.has(name));
    const lines = icons.map((name) => `import ${name} from ${JSON.stringify(files.get(name))};`);
    return [...lines, ...(others.length > 0 ? [`import { ${others.join(', ')} } from '${library}';`] : [])].join(' ');
  });
}

export function iconsByThemselves(): Plugin {
  let files: Promise<Map<string, string>> | null = null;
  return {
    name: 'stagedoor-icons-by-themselves',
    apply: 'build',
    enforce: 'pre',
    async transform(code, id) {
      if (/\/lucide-react\/dist\/esm\/icons\/[\w-]+\.mjs$/.test(id)) return { code: onlyWhatIsDrawn(code), map: null };
      if (!/\.tsx?$/.test(id) || id.includes('node_modules') || !code.includes(library)) return null;
      files ??= iconFiles();
      // Lines stay where they were; nothing else needs a map.
      return { code: importOneByOne(code, await files), map: null };
    },
  };
}
