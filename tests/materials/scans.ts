// Owns pages as scanners make them: a whole page is one picture in JPEG 2000 or JBIG2, which only WebAssembly decodes. Blank where that is missing.
import { pageHeight, pageWidth } from './decks.ts';
import { pdf, stream } from './pdf-bytes.ts';

/** Of the JPEG 2000 page, all over. */
export const jpxColour: [number, number, number] = [0x20, 0x60, 0xc0];
/** Of the JBIG2 page, all over. */
export const jbig2Colour: [number, number, number] = [0, 0, 0];

/** 16 × 16 points of `jpxColour`, written by an encoder. */
const jpx = Buffer.from(
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAEAAAABAAAwgHAAAAAAAPY29scgEAAAAAABAAAAC9anAyY/9P/1EALwAAAAAAEAAAABAAAAAAAAAAAAAAAQAAAAEAAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAAYCAgAA/1wAKSJ/IH7gfuB+oHbwdvB2wG8AbwBu4GdQZ1BnaFAFUAVQR1fTV9NXYv9kABEAAUxhdmM1OS4zNy4xMDD/kAAKAAAAAAA0AAH/k8/8AAwIfe/H+AMHIm/P/AAMBJTfAAAAAAAAAAAAAAAAAAAAAAAA/9k=',
  'base64',
);

const side = 64;
const uint32 = (value: number) => [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];

/** A black square in the facsimile coding of ITU-T T.6: the first line says "64 black", each further one "as above". */
function blackSquare(): number[] {
  const horizontal = '001';
  const [noWhite, black64, black0] = ['00110101', '0000001111', '0000110111'];
  const asAbove = '11';
  const bits = `${horizontal}${noWhite}${black64}${black0}${asAbove.repeat(side - 1)}`;
  return (bits.match(/.{1,8}/g) ?? []).map((eight) => Number.parseInt(eight.padEnd(8, '0'), 2));
}

/** Two segments of ITU-T T.88: about the page, and one region in that coding. */
function jbig2(): Buffer {
  const page = [...uint32(side), ...uint32(side), ...uint32(0), ...uint32(0), 0, 0, 0];
  const facsimile = 1;
  const region = [...uint32(side), ...uint32(side), ...uint32(0), ...uint32(0), 0, facsimile, ...blackSquare()];
  const segment = (number: number, type: number, data: number[]) => [
    ...uint32(number),
    type,
    0,
    1,
    ...uint32(data.length),
    ...data,
  ];
  return Buffer.from([...segment(0, 48, page), ...segment(1, 38, region)]);
}

/** Page 1 is JPEG 2000, page 2 JBIG2; each fills its page. */
export function scannedDeck(): Buffer {
  const page = (content: number, picture: number) =>
    `<< /Type /Page /Parent 2 0 R /Contents ${content} 0 R /Resources << /XObject << /I ${picture} 0 R >> >> >>`;
  const paint = stream(`q ${pageWidth} 0 0 ${pageHeight} 0 0 cm /I Do Q`);
  const picture = (bytes: Buffer, size: number, more: string) =>
    stream(bytes, `/Type /XObject /Subtype /Image /Width ${size} /Height ${size} ${more}`);
  return pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] /MediaBox [0 0 ${pageWidth} ${pageHeight}] >>`,
    page(5, 6),
    page(5, 7),
    paint,
    picture(jpx, 16, '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode'),
    picture(jbig2(), side, '/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode'),
  ]);
}
