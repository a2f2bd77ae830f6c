// Owns a deck made byte by byte with the kinds of fonts that no common program writes any more: a CID font whose encoding is a name to look up, and letters that are drawings.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pageHeight, pageWidth } from './decks.ts';
import { deflated, pdf, stream } from './pdf-bytes.ts';

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** As text, page 1 is this. Every character of it is drawn as the same letter: which one, its font says. */
export const lookedUpText = '机器人你好';
/** As text, page 2 is this, drawn as squares and triangles. */
export const drawnText = 'ABBA';

const charactersOfGb1 = 30_284;
const letter = 0x30;

/** The encoding's name leads to a table that the reader must have; the second table, of glyphs, sends all of them to one. */
function lookedUpFont(first: number): (string | Buffer)[] {
  const glyphs = Buffer.alloc(2 * charactersOfGb1);
  for (let at = 0; at < glyphs.length; at += 2) glyphs.writeUInt16BE(letter, at);
  const font = readFileSync(join(library, 'standard_fonts/LiberationSans-Bold.ttf'));
  const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>';
  return [
    `<< /Type /Font /Subtype /Type0 /BaseFont /Hand-Made /Encoding /UniGB-UCS2-H /DescendantFonts [${first + 1} 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Hand-Made ${system} /FontDescriptor ${first + 2} 0 R /DW 1000 /CIDToGIDMap ${first + 3} 0 R >>`,
    `<< /Type /FontDescriptor /FontName /Hand-Made /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 ${first + 4} 0 R >>`,
    deflated(glyphs),
    deflated(font, `/Length1 ${font.length}`),
  ];
}

function drawnFont(first: number): (string | Buffer)[] {
  return [
    `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /A ${first + 1} 0 R /B ${first + 2} 0 R >> /Encoding << /Type /Encoding /Differences [65 /A /B] >> /FirstChar 65 /LastChar 66 /Widths [1000 1000] /Resources << >> >>`,
    stream('1000 0 0 0 900 800 d1 0 0 800 800 re f'),
    stream('1000 0 0 0 900 800 d1 0 0 m 400 800 l 800 0 l f'),
  ];
}

export function handMadeDeck(): Buffer {
  const [lookedUp, drawn] = [7, 12];
  const page = (content: number, font: number) =>
    `<< /Type /Page /Parent 2 0 R /Contents ${content} 0 R /Resources << /Font << /F ${font} 0 R >> >> >>`;
  const paint = (colour: string, size: number, text: string) =>
    stream(`${colour} rg 0 0 ${pageWidth} ${pageHeight} re f 1 g BT /F ${size} Tf 40 180 Td ${text} Tj ET`);
  const code = Buffer.from(lookedUpText, 'utf16le').swap16().toString('hex');
  return pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] /MediaBox [0 0 ${pageWidth} ${pageHeight}] >>`,
    page(5, lookedUp),
    page(6, drawn),
    paint('0.1 0.3 0.2', 170, `<${code}>`),
    paint('0.3 0.1 0.3', 200, `(${drawnText})`),
    ...lookedUpFont(lookedUp),
    ...drawnFont(drawn),
  ]);
}
