// Owns reading a PDF in a process of its own, which may be ended at any moment: it sees one file, writes nothing, and only answers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageOrder, ReadingAnswer, ReadingOrder } from './reading-protocol.ts';

/** Whatever a page says, a small picture of it is no larger. */
const mostThumbnailPixels = 1000;
const mostImagePixels = 50_000_000;
const webpQuality = 75;

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const say = (answer: ReadingAnswer) => process.send?.(answer);

function openDocument(path: string) {
  return getDocument({
    data: new Uint8Array(readFileSync(path)),
    cMapUrl: join(library, 'cmaps/'),
    standardFontDataUrl: join(library, 'standard_fonts/'),
    wasmUrl: join(library, 'wasm/'),
    iccUrl: join(library, 'iccs/'),
    maxImageSize: mostImagePixels,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
}
type Opened = Awaited<ReturnType<typeof openDocument>>;

async function inspect(opened: Opened, maxPages: number): Promise<void> {
  const pages = opened.numPages;
  if (pages < 1) return void say({ kind: 'unreadable', why: 'empty' });
  if (pages > maxPages) return void say({ kind: 'unreadable', why: 'too-many-pages' });
  let aspect = 0;
  for (let page = 1; page <= pages; page++) {
    const one = await opened.getPage(page);
    const { width, height } = one.getViewport({ scale: 1 });
    if (!(width > 0 && height > 0 && Number.isFinite(width / height))) return void say({ kind: 'unreadable', why: 'damaged' });
    aspect ||= width / height;
    one.cleanup();
  }
  say({ kind: 'read', pages, aspect });
}

/** Which page is next, is asked for one by one. */
async function drawPages(opened: Opened, width: number): Promise<void> {
  // Not every platform has it: reading must not depend on it.
  const { createCanvas } = await import('@napi-rs/canvas');
  process.on('message', async ({ page }: PageOrder) => {
    const picture = await draw(opened, createCanvas, page, width).catch(() => null);
    say({ kind: 'thumbnail', page, picture });
  });
  say({ kind: 'opened' });
}

async function draw(
  opened: Opened,
  createCanvas: typeof import('@napi-rs/canvas').createCanvas,
  number: number,
  width: number,
): Promise<Uint8Array> {
  const page = await opened.getPage(number);
  const whole = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(width / whole.width, mostThumbnailPixels / whole.height) });
  const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
  const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;
  await page.render({ canvas: null, canvasContext: context, viewport, intent: 'display' }).promise;
  page.cleanup();
  return canvas.encode('webp', webpQuality);
}

function whyNot(error: unknown): ReadingAnswer {
  const name = (error as Error | null)?.name;
  return { kind: 'unreadable', why: name === 'PasswordException' ? 'encrypted' : 'damaged' };
}

process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', () => process.exit(1));
process.once('message', async (order: ReadingOrder) => {
  // Sockets and media of the same machine come first.
  setPriority(order.kind === 'inspect' ? 5 : 15);
  try {
    const opened = await openDocument(order.path);
    if (order.kind === 'inspect') await inspect(opened, order.maxPages);
    else await drawPages(opened, order.width);
  } catch (error) {
    say(whyNot(error));
  }
});
say({ kind: 'ready' });
