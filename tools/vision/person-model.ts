// Owns making MediaPipe's model of people readable for its newer tasks: they want to be told how to feed it, the published file does not say.
import type { FlatField } from './flat-tables.ts';
import { writeFlatFile } from './flat-tables.ts';

/** Places of a model's fields, as in TensorFlow Lite's schema. */
const model = { version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4 } as const;

/** Pixels arrive as 0…255 in three colours, and the model wants 0…1. */
function feedingInstructions(): Buffer {
  const normalization: FlatField = { table: [{ floats: [0, 0, 0] }, { floats: [255, 255, 255] }] };
  const colours: FlatField = { table: [{ byte: 1 }] };
  const imageContent: FlatField = { table: [{ byte: 2 }, colours] };
  const input = [{ text: 'image' }, null, null, imageContent, { tables: [[{ byte: 1 }, normalization]] }];
  const output = [{ text: 'person' }];
  const subgraph = [null, null, { tables: [input] }, { tables: [output] }];
  return writeFlatFile('M001', [{ text: 'People before a camera' }, null, null, { tables: [subgraph] }]);
}

/** The place of what a table's field points at, in a file of FlatBuffers. */
function pointedAt(file: Buffer, table: number, field: number): number {
  const vtable = table - file.readInt32LE(table);
  const offset = file.readUInt16LE(vtable + 4 + 2 * field);
  return table + offset + file.readUInt32LE(table + offset);
}

function tablesAt(file: Buffer, vector: number): number[] {
  const count = file.readUInt32LE(vector);
  return Array.from({ length: count }, (_, index) => {
    const at = vector + 4 + 4 * index;
    return at + file.readUInt32LE(at);
  });
}

/** The published model stays as it is, byte by byte; a new beginning before it adds the instructions. */
export function withFeedingInstructions(published: Buffer): Buffer {
  if (published.toString('latin1', 4, 8) !== 'TFL3') throw new Error('This is no TensorFlow Lite model');
  const root = published.readUInt32LE(0);
  const buffers = tablesAt(published, pointedAt(published, root, model.buffers));
  const instructions: FlatField = { bytes: feedingInstructions() };
  const beginning = (shift: number) =>
    writeFlatFile('TFL3', [
      { int: 3 },
      { at: shift + pointedAt(published, root, model.operatorCodes) },
      { at: shift + pointedAt(published, root, model.subgraphs) },
      { at: shift + pointedAt(published, root, model.description) },
      { tables: [...buffers.map((at) => ({ at: shift + at })), [instructions]] },
      null,
      { tables: [[{ text: 'TFLITE_METADATA' }, { int: buffers.length }]] },
    ]);
  // How long it is does not depend on where it points.
  const { length } = beginning(0x1000000);
  return Buffer.concat([beginning(length), published]);
}
