// Proves the reading of PDFs: what is told of good ones, the reason for bad ones, and that limits end what does not end by itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deck } from '#tests/materials/decks.ts';
import { deflated, pdf, stream } from '#tests/materials/pdf-bytes.ts';
import { jbig2Colour, jpxColour, scannedDeck } from '#tests/materials/scans.ts';
import type { PdfReader } from './pdf-reader.ts';
import { createPdfReader } from './pdf-reader.ts';

let folder: string;
let reader: PdfReader;
const file = (bytes: Uint8Array) => {
  const path = join(folder, `${Math.random()}.pdf`);
  writeFileSync(path, bytes);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagedoor-reader-'));
  reader = createPdfReader();
});
afterAll(() => {
  reader.close();
  rmSync(folder, { recursive: true });
});

test('MA20 counts pages and tells the shape of the first', async () => {
  expect(await reader.inspect(file(deck({ pages: 12 })), 500)).toEqual({ pages: 12, aspect: 960 / 540 });
});

test('MA20 says why a file can’t be shown', async () => {
  const good = deck({ pages: 3 });
  expect(await reader.inspect(file(deck({ pages: 4 })), 3)).toEqual({ unreadable: 'too-many-pages' });
  expect(await reader.inspect(file(Buffer.from('%PDF-1.7\nnothing more')), 9)).toEqual({ unreadable: 'damaged' });
  expect(await reader.inspect(file(good.subarray(0, 60)), 9)).toEqual({ unreadable: 'damaged' });
  const locked = pdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 0 /Kids [] >>', encryption], {
    trailer: '/Encrypt 3 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
  });
  expect(await reader.inspect(file(locked), 9)).toEqual({ unreadable: 'encrypted' });
});

/** Wants a password that nobody gave. */
const encryption = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`;

/** Draws these pages, in this order. */
async function draw(bytes: Uint8Array, pages: readonly number[], from = reader) {
  const pictures = new Map<number, Uint8Array>();
  const left = [...pages];
  const how = await from.drawPages(file(bytes), {
    next: () => left.shift() ?? null,
    onPage: (page, picture) => pictures.set(page, picture ?? new Uint8Array()),
  });
  return { how, pictures };
}

test('MA20 draws the pages that are asked for, in their order and their colours', async () => {
  const { how, pictures } = await draw(deck({ pages: 5 }), [3, 4, 5, 1, 2]);
  expect([how, [...pictures.keys()]]).toEqual(['over', [3, 4, 5, 1, 2]]);
  for (const picture of pictures.values()) {
    expect(Buffer.from(picture).toString('latin1', 0, 4)).toBe('RIFF');
    expect(picture.length).toBeLessThan(20_000);
  }
  expect(new Set([...pictures.values()].map((one) => Buffer.from(one).toString('base64'))).size).toBe(5);
});

/** The colour in the middle of a small picture. */
async function middle(picture: Uint8Array): Promise<number[]> {
  const image = await loadImage(Buffer.from(picture));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return [...context.getImageData(image.width / 2, image.height / 2, 1, 1).data.slice(0, 3)];
}

test('scanned pages are not blank: JPEG 2000 and JBIG2 are decoded', async () => {
  const { pictures } = await draw(scannedDeck(), [1, 2]);
  for (const [index, colour] of [jpxColour, jbig2Colour].entries()) {
    const seen = await middle(pictures.get(index + 1) ?? new Uint8Array());
    expect([index, seen.map((one, part) => Math.abs(one - (colour[part] ?? 0)) < 24)]).toEqual([index, [true, true, true]]);
  }
});

test('MA20 says of drawing whether it ended by itself, by a limit, or could not begin', async () => {
  expect((await draw(deck({ pages: 2 }), [1, 2], createPdfReader({ drawMs: 1 }))).how).toBe('cut');
  expect((await draw(Buffer.from('%PDF-1.7\nnothing more'), [1])).how).toBe('unreadable');
  const closed = createPdfReader();
  closed.close();
  expect((await draw(deck({ pages: 2 }), [1], closed)).how).toBe('closed');
  const { how, pictures } = await draw(deck({ pages: 1 }), [7]);
  expect([how, pictures.get(7)?.length]).toEqual(['over', 0]);
});

test('MA20 time ends what takes too long, and the next file is read all the same', async () => {
  const hasty = createPdfReader({ inspectMs: 1 });
  expect(await hasty.inspect(file(deck({ pages: 2 })), 9)).toEqual({ unreadable: 'too-slow' });
  expect(await reader.inspect(file(deck({ pages: 2 })), 9)).toMatchObject({ pages: 2 });
});

test('MA20 memory ends what takes too much, where the system tells how much it is', async () => {
  const modest = createPdfReader({ memoryBytes: 16 * 1024 * 1024 });
  const told = process.platform === 'linux' ? { unreadable: 'too-slow' } : { pages: 2 };
  expect(await modest.inspect(file(deck({ pages: 2 })), 9)).toMatchObject(told);
});

test('MA20 a bomb in what must be read ends in a reason within its limits', async () => {
  const bomb = deflated(Buffer.alloc(900 * 1024 * 1024, 0x20), '/Type /ObjStm /N 2 /First 10');
  const objects = ['<< /Type /Catalog /Pages 3 0 R >>', bomb, stream('')];
  const read = await createPdfReader({ inspectMs: 10_000 }).inspect(file(pdf(objects)), 9);
  expect(read).toHaveProperty('unreadable');
});
