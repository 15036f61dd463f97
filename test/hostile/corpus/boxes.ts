/** A box of an MP4 file: its size, its type, its content. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

export type FoundBox = { readonly type: string; readonly start: number; readonly end: number };

/** The boxes that follow one another in a part of a file. */
export function boxesOf(file: Buffer, from = 0, to = file.length): FoundBox[] {
  const found: FoundBox[] = [];
  for (let start = from; start + 8 <= to;) {
    const end = start + file.readUInt32BE(start);
    found.push({ type: file.toString('latin1', start + 4, start + 8), start, end });
    start = end;
  }
  return found;
}

/** The first box of the type at any depth, by its name in the bytes. */
export function findBox(file: Buffer, type: string): FoundBox {
  const start = file.indexOf(type, 0, 'latin1') - 4;
  if (start < 0) throw new Error(`no box ${type}`);
  return { type, start, end: start + file.readUInt32BE(start) };
}

/** A copy with the bytes written at an offset from the beginning of the box's type. */
export function patched(file: Buffer, type: string, offset: number, bytes: readonly number[]): Buffer {
  const copy = Buffer.from(file);
  Buffer.from(bytes).copy(copy, findBox(file, type).start + 4 + offset);
  return copy;
}
