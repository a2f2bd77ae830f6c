// Owns opening a PDF with pdf.js: in its worker, with the files that we serve ourselves, nothing in it ever run. The only file that imports pdf.js for browsers.
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { GlobalWorkerOptions, getDocument, TextLayer, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { pdfFolder, pdfWorkerName } from '../pdf-folder.ts';

export type { PDFDocumentProxy, PDFPageProxy };
export { TextLayer };

GlobalWorkerOptions.workerSrc = `${pdfFolder}/${pdfWorkerName}`;

/** Of larger files only those parts are fetched that a page needs. */
const wholeBytes = 4 * 1024 * 1024;
const rangeBytes = 256 * 1024;
/** A picture beyond it would take a phone's memory. */
const mostImagePixels = 64 * 1024 * 1024;

export interface OpenedPdf {
  document: Promise<PDFDocumentProxy>;
  close(): void;
}

export function openPdf(url: string, bytes: number): OpenedPdf {
  const isLarge = bytes > wholeBytes;
  const task = getDocument({
    url,
    cMapUrl: `${pdfFolder}/cmaps/`,
    standardFontDataUrl: `${pdfFolder}/standard_fonts/`,
    wasmUrl: `${pdfFolder}/wasm/`,
    iccUrl: `${pdfFolder}/iccs/`,
    enableXfa: false,
    maxImageSize: mostImagePixels,
    disableStream: isLarge,
    disableAutoFetch: isLarge,
    rangeChunkSize: rangeBytes,
    disableWorkerRendering: true,
    verbosity: VerbosityLevel.ERRORS,
  });
  return { document: task.promise, close: () => void task.destroy().catch(() => undefined) };
}
