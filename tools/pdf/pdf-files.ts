// Owns the files of pdf.js in the built web: its worker, character maps, standard fonts, decoders and colour profile, as they come. Fetched by browsers only when used.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { pdfFolder, pdfWorkerName } from '#features/materials/pdf-folder.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** What comes beside the worker, and what of it browsers ask for. Not the interpreter of scripts: they are never run. */
const parts = { cmaps: /\.bcmap$/, standard_fonts: /\.(?:pfb|ttf)$/, wasm: /^(?!quickjs).*\.(?:wasm|js)$/, iccs: /\.icc$/ };
const types: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm' };

/** By the name that browsers ask for. */
export async function pdfFiles(): Promise<Map<string, string>> {
  const files = new Map([[pdfWorkerName, path.join(folder, 'legacy/build/pdf.worker.min.mjs')]]);
  for (const [part, pattern] of Object.entries(parts))
    for (const name of await readdir(path.join(folder, part)))
      if (pattern.test(name)) files.set(`${part}/${name}`, path.join(folder, part, name));
  return files;
}

export function pdfAssets(): Plugin {
  return {
    name: 'stagedoor-pdf-assets',
    async generateBundle() {
      for (const [name, file] of await pdfFiles())
        this.emitFile({ type: 'asset', fileName: `${pdfFolder.slice(1)}/${name}`, source: await readFile(file) });
    },
    configureServer(server) {
      server.middlewares.use(pdfFolder, async (request, response, next) => {
        const name = (request.url ?? '').slice(1).replace(/\?.*/, '');
        const file = (await pdfFiles()).get(name);
        const content = file && (await readFile(file).catch(next));
        if (!content) return next();
        response.setHeader('content-type', types[name.split('.').pop() ?? ''] ?? 'application/octet-stream');
        response.end(content);
      });
    },
  };
}
