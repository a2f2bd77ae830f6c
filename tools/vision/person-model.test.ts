// Owns the proof that the prepared model holds the published one and says how to feed it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { visionFolder } from '#features/backgrounds/vision-folder.ts';
import { withFeedingInstructions } from './person-model.ts';
import { publishedModel, visionFiles } from './vision-files.ts';

const tableOf = (file: Buffer, at: number) => {
  const vtable = at - file.readInt32LE(at);
  const field = (index: number) => {
    const offset = 4 + 2 * index < file.readUInt16LE(vtable) ? file.readUInt16LE(vtable + 4 + 2 * index) : 0;
    return offset && at + offset;
  };
  const follow = (index: number) => field(index) + file.readUInt32LE(field(index));
  return { field, follow };
};
const vectorOf = (file: Buffer, at: number) =>
  Array.from({ length: file.readUInt32LE(at) }, (_, index) => at + 4 + 4 * index + file.readUInt32LE(at + 4 + 4 * index));
const textOf = (file: Buffer, at: number) => file.toString('latin1', at + 4, at + 4 + file.readUInt32LE(at));

test('the published model is in it unchanged, and every table of it is found', () => {
  const published = readFileSync(publishedModel());
  const made = withFeedingInstructions(published);
  const shift = made.length - published.length;
  expect(shift % 16).toBe(0);
  expect(made.subarray(shift).equals(published)).toBe(true);
  const [before, after] = [tableOf(published, published.readUInt32LE(0)), tableOf(made, made.readUInt32LE(0))];
  expect(made.toString('latin1', 4, 8)).toBe('TFL3');
  expect(made.readUInt32LE(after.field(0))).toBe(3);
  for (const field of [1, 2, 3]) expect(after.follow(field)).toBe(before.follow(field) + shift);
  const buffers = vectorOf(published, before.follow(4)).map((at) => at + shift);
  expect(vectorOf(made, after.follow(4)).slice(0, -1)).toEqual(buffers);
});

test('the instructions are its last buffer, and speak of 0 to 255', () => {
  const made = withFeedingInstructions(readFileSync(publishedModel()));
  const model = tableOf(made, made.readUInt32LE(0));
  const buffers = vectorOf(made, model.follow(4));
  const [entry = 0] = vectorOf(made, model.follow(6));
  expect(textOf(made, tableOf(made, entry).follow(0))).toBe('TFLITE_METADATA');
  expect(made.readUInt32LE(tableOf(made, entry).field(1))).toBe(buffers.length - 1);
  const data = tableOf(made, buffers.at(-1) as number).follow(0);
  expect((data + 4) % 16).toBe(0);
  const metadata = made.subarray(data + 4, data + 4 + made.readUInt32LE(data));
  expect(metadata.toString('latin1', 4, 8)).toBe('M001');
  const [subgraph = 0] = vectorOf(metadata, tableOf(metadata, metadata.readUInt32LE(0)).follow(3));
  const [input = 0] = vectorOf(metadata, tableOf(metadata, subgraph).follow(2));
  const [unit = 0] = vectorOf(metadata, tableOf(metadata, input).follow(4));
  const deviations = tableOf(metadata, tableOf(metadata, unit).follow(1)).follow(1);
  expect([0, 1, 2].map((index) => metadata.readFloatLE(deviations + 4 + 4 * index))).toEqual([255, 255, 255]);
});

test('another file is refused', () => {
  expect(() => withFeedingInstructions(Buffer.from('<html>no model</html>'))).toThrow('no TensorFlow Lite model');
});

test('the folder is named by the version whose files are in it', () => {
  const main = createRequire(import.meta.url).resolve('@mediapipe/tasks-vision');
  const { version } = JSON.parse(readFileSync(main.replace(/[^/\\]+$/, 'package.json'), 'utf8')) as { version: string };
  expect(visionFolder).toContain(`-${version}`);
  expect(visionFiles().name).toBe('stagedoor-vision-files');
});
