// What the web serves of pdf.js belongs to the version that is installed.
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { pdfFolder, pdfWorkerName } from '#features/materials/pdf-folder.ts';
import { pdfFiles } from './pdf-files.ts';

it('names the folder by the installed version, so that no browser keeps older files for it', () => {
  const { version } = createRequire(import.meta.url)('pdfjs-dist/package.json') as { version: string };
  expect(pdfFolder).toBe(`/assets/pdf-${version}`);
});

it('has the worker, maps, fonts and decoders, and nothing that runs scripts', async () => {
  const names = [...(await pdfFiles()).keys()];
  for (const one of [
    pdfWorkerName,
    'cmaps/UniGB-UCS2-H.bcmap',
    'standard_fonts/FoxitSerif.pfb',
    'wasm/openjpeg.wasm',
    'wasm/jbig2.wasm',
  ])
    expect(names).toContain(one);
  expect(names.filter((name) => name.includes('quickjs'))).toEqual([]);
});
