// Owns writing PDFs byte by byte, whole or broken on purpose, so that no producer's habits hide what a file can hold.
import { deflateSync } from 'node:zlib';

/** One object's text or bytes without `n 0 obj`; its number is its place in the list, from 1. */
export type PdfObject = string | Buffer;

const line = (text: string) => Buffer.from(`${text}\n`, 'latin1');

export interface PdfOptions {
  /** Entries of the trailer beside Size and Root. */
  trailer?: string;
  /** Before the header. */
  before?: string | Buffer;
  header?: string;
  root?: number;
}

/** The first object is the catalog. */
export function pdf(
  objects: readonly PdfObject[],
  { trailer = '', before = '', header = '%PDF-1.7', root = 1 }: PdfOptions = {},
): Buffer {
  const parts: Buffer[] = [Buffer.from(before), line(header), Buffer.from([0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a])];
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  const offsets: number[] = [];
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    add(line(`${index + 1} 0 obj`));
    add(Buffer.from(object as string, 'latin1'));
    add(line('\nendobj'));
  }
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  add(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`, 'latin1'));
  add(line(`trailer\n<< /Size ${objects.length + 1} /Root ${root} 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF`));
  return Buffer.concat(parts);
}

/** A stream object. `dictionary`: its entries beside Length. */
export function stream(content: string | Buffer, dictionary = ''): Buffer {
  const bytes = Buffer.from(content as string, 'latin1');
  return Buffer.concat([line(`<< /Length ${bytes.length} ${dictionary} >>\nstream`), bytes, Buffer.from('\nendstream')]);
}

export const deflated = (content: string | Buffer, dictionary = ''): Buffer =>
  stream(deflateSync(content, { level: 9 }), `/Filter /FlateDecode ${dictionary}`);
