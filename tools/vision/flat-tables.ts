// Owns writing FlatBuffers tables, as far as the metadata of a model needs them: what is pointed at always comes after what points.

/** What a field holds. `at`: something already written, by its place in the finished file. */
export type FlatField =
  | { byte: number }
  | { int: number }
  | { table: FlatTable }
  | { tables: readonly (FlatTable | { at: number })[] }
  | { text: string }
  | { floats: readonly number[] }
  | { bytes: Buffer }
  | { at: number };
type FlatTable = readonly (FlatField | null)[];

const isTable = (one: FlatTable | { at: number }): one is FlatTable => Array.isArray(one);

/** Data of a model is read in place, with instructions that want this. */
const dataAlignment = 16;

class FlatWriter {
  #bytes = Buffer.alloc(0);

  get length(): number {
    return this.#bytes.length;
  }

  take(): Buffer {
    return this.#bytes;
  }

  room(size: number): number {
    const at = this.length;
    this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(size)]);
    return at;
  }

  align(to: number, after = 0): void {
    this.room((to - ((this.length + after) % to)) % to);
  }

  point(from: number, to: number): void {
    this.#bytes.writeUInt32LE(to - from, from);
  }

  table(fields: FlatTable): number {
    this.align(4);
    const kept = fields.flatMap((field, index) => (field ? [{ field, index }] : []));
    const sizeOf = (field: FlatField) => ('byte' in field ? 1 : 4);
    // Four bytes wide before one byte wide: then each stands where it must.
    const ordered = kept.toSorted((one, other) => sizeOf(other.field) - sizeOf(one.field));
    const tableSize = 4 + ordered.reduce((sum, { field }) => sum + sizeOf(field), 0);
    const vtableSize = 4 + 2 * fields.length;
    const vtable = this.room(vtableSize);
    this.align(4);
    const table = this.room(tableSize);
    this.#bytes.writeInt32LE(table - vtable, table);
    this.#bytes.writeUInt16LE(vtableSize, vtable);
    this.#bytes.writeUInt16LE(tableSize, vtable + 2);
    let offset = 4;
    for (const { field, index } of ordered) {
      this.#bytes.writeUInt16LE(offset, vtable + 4 + 2 * index);
      this.#field(field, table + offset);
      offset += sizeOf(field);
    }
    return table;
  }

  #field(field: FlatField, at: number): void {
    if ('byte' in field) this.#bytes.writeUInt8(field.byte, at);
    else if ('int' in field) this.#bytes.writeUInt32LE(field.int, at);
    else this.point(at, 'at' in field ? field.at : this.#pointedAt(field));
  }

  #pointedAt(field: Exclude<FlatField, { byte: number } | { int: number } | { at: number }>): number {
    if ('table' in field) return this.table(field.table);
    if ('tables' in field) {
      const vector = this.#vector(field.tables.length, 4);
      field.tables.forEach((one, index) => {
        const from = vector + 4 + 4 * index;
        // Arrays have an `at` too.
        this.point(from, isTable(one) ? this.table(one) : one.at);
      });
      return vector;
    }
    if ('floats' in field) {
      const vector = this.#vector(field.floats.length, 4);
      field.floats.forEach((one, index) => {
        this.#bytes.writeFloatLE(one, vector + 4 + 4 * index);
      });
      return vector;
    }
    const isText = 'text' in field;
    const bytes = isText ? Buffer.from(`${field.text}\0`) : field.bytes;
    this.align(isText ? 4 : dataAlignment, 4);
    const vector = this.#vector(bytes.length, 1);
    bytes.copy(this.#bytes, vector + 4);
    // The zero at a text's end is there, and not counted.
    if (isText) this.#bytes.writeUInt32LE(bytes.length - 1, vector);
    return vector;
  }

  #vector(count: number, size: number): number {
    this.align(size > 1 ? 4 : 1);
    const at = this.room(4 + count * size);
    this.#bytes.writeUInt32LE(count, at);
    return at;
  }
}

/** A file that begins with this table. Its length is a whole number of what data must be aligned to. */
export function writeFlatFile(identifier: string, root: FlatTable): Buffer {
  const writer = new FlatWriter();
  writer.room(8);
  const table = writer.table(root);
  writer.point(0, table);
  writer.align(dataAlignment);
  const file = writer.take();
  file.write(identifier, 4, 'latin1');
  return file;
}
