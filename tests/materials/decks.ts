// Owns decks for tests: as many pages as wanted, each with a colour and a number of its own, so that pixels tell which page is shown.
import { createHash, randomBytes } from 'node:crypto';
import { type PdfObject, pdf, stream } from './pdf-bytes.ts';

export const pageWidth = 960;
export const pageHeight = 540;

/** Background of page `page` (from 1) as red, green and blue from 0 to 255. Neighbours are far apart. `seed` tells decks apart. */
export function pageColour(page: number, seed = 0): [number, number, number] {
  const hue = ((page + seed * 7) * 0.618_034 * 6) % 6;
  const rising = Math.round(60 + 150 * (hue % 1));
  const falling = Math.round(210 - 150 * (hue % 1));
  const sextants: [number, number, number][] = [
    [210, rising, 60],
    [falling, 210, 60],
    [60, 210, rising],
    [60, falling, 210],
    [rising, 60, 210],
    [210, 60, falling],
  ];
  return sextants[Math.floor(hue)] ?? [210, 60, 60];
}

export interface DeckOptions {
  pages: number;
  seed?: number;
  /** Stands on every page, so that it can be searched and selected. */
  text?: string;
  /** Further entries of the catalog, e.g. an action. */
  catalog?: string;
  /** Further objects, numbered from `firstExtra(pages)`. */
  extra?: readonly PdfObject[];
}

/** Number of the first extra object of a deck with so many pages. */
export const firstExtra = (pages: number): number => 4 + 2 * pages;

/** The objects of a deck: catalog, page tree, font, then page and content of each page in turn. */
export function deckObjects({ pages, seed = 0, text = 'Stagedoor', catalog = '', extra = [] }: DeckOptions): PdfObject[] {
  const kids = Array.from({ length: pages }, (_, index) => `${4 + 2 * index} 0 R`).join(' ');
  const objects: PdfObject[] = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /Font << /F1 3 0 R >> >> >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
  ];
  for (let page = 1; page <= pages; page++) {
    const colour = pageColour(page, seed).map((one) => (one / 255).toFixed(5));
    objects.push(
      `<< /Type /Page /Parent 2 0 R /Contents ${objects.length + 2} 0 R >>`,
      stream(
        `${colour.join(' ')} rg 0 0 ${pageWidth} ${pageHeight} re f 1 1 1 rg BT /F1 200 Tf 330 190 Td (${page}) Tj ET BT /F1 28 Tf 40 40 Td (${text}) Tj ET`,
      ),
    );
  }
  return [...objects, ...extra];
}

export const deck = (options: DeckOptions): Buffer => pdf(deckObjects(options));
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const side = 440;

/** Every page has a picture of noise of its own, which nothing makes smaller: about 194 kB a page. */
export function heavyDeck(pages: number): Buffer {
  const noise = randomBytes(side * side);
  const kids = Array.from({ length: pages }, (_, index) => `${3 + 3 * index} 0 R`).join(' ');
  const objects: PdfObject[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] /MediaBox [0 0 ${pageWidth} ${pageHeight}] >>`,
  ];
  for (let page = 1; page <= pages; page++) {
    const [content, picture] = [objects.length + 2, objects.length + 3];
    objects.push(
      `<< /Type /Page /Parent 2 0 R /Contents ${content} 0 R /Resources << /XObject << /I ${picture} 0 R >> >> >>`,
      stream(`q ${pageWidth} 0 0 ${pageHeight} 0 0 cm /I Do Q`),
      stream(noise, `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8`),
    );
  }
  return pdf(objects);
}
