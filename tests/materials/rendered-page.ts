// Owns how a page ought to look: drawn by the same library outside any browser, and compared point by point with what somebody sees.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** Of 255: edges of letters are drawn a little differently by each machine. */
const tolerance = 40;

/** What of the picture (PNG) is not as page `page` of the PDF looks in its size: of all points, and of those that are not its ground; from 0 to 1. */
export async function differenceFromPage(
  picture: Buffer,
  bytes: Buffer,
  page: number,
): Promise<{ ofAll: number; ofInk: number }> {
  const seen = await loadImage(picture);
  const { width, height } = seen;
  const opened = await getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(library, 'cmaps/'),
    standardFontDataUrl: join(library, 'standard_fonts/'),
    wasmUrl: join(library, 'wasm/'),
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
  const source = await opened.getPage(page);
  const viewport = source.getViewport({ scale: width / source.getViewport({ scale: 1 }).width });
  const draw = async (paint: (context: ReturnType<ReturnType<typeof createCanvas>['getContext']>) => unknown) => {
    const context = createCanvas(width, height).getContext('2d');
    await paint(context);
    return context.getImageData(0, 0, width, height).data;
  };
  const wanted = await draw(
    (context) => source.render({ canvas: null, canvasContext: context as unknown as CanvasRenderingContext2D, viewport }).promise,
  );
  const found = await draw((context) => context.drawImage(seen, 0, 0));
  await opened.loadingTask.destroy();
  let [others, ink] = [0, 0];
  const isApart = (one: Uint8ClampedArray, at: number, other: Uint8ClampedArray, from: number) =>
    [0, 1, 2].some((channel) => Math.abs((one[at + channel] ?? 0) - (other[from + channel] ?? 0)) > tolerance);
  for (let at = 0; at < wanted.length; at += 4) {
    if (isApart(wanted, at, found, at)) others++;
    if (isApart(wanted, at, wanted, 0)) ink++;
  }
  return { ofAll: others / (width * height), ofInk: others / Math.max(1, ink) };
}
