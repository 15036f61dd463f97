import { BIFF } from './biff-records.ts';

export type TestRecord = readonly [type: number, data: Buffer];

/** Bytes from numbers of 1, 2, 4 and 8 bytes: `u16(1, 2)`. */
export const u8 = (...values: number[]): Buffer => Buffer.from(values);
export const u16 = (...values: number[]): Buffer => Buffer.from(new Uint16Array(values).buffer);
export const u32 = (...values: number[]): Buffer => Buffer.from(new Uint32Array(values).buffer);
export const f64 = (value: number): Buffer => Buffer.from(new Float64Array([value]).buffer);
export const bytes = (...parts: Buffer[]): Buffer => Buffer.concat(parts);

function recordsOf(records: readonly TestRecord[]): Buffer {
  return Buffer.concat(records.map(([type, data]) => bytes(u16(type, data.length), data)));
}

export const BIFF8 = 0x0600;
export const BIFF5 = 0x0500;

/** The stream of a workbook with one sheet. @param name as the version writes it, with its length */
export function xlsStream(
  version: number,
  name: Buffer,
  globals: readonly TestRecord[],
  sheet: readonly TestRecord[],
): Buffer {
  const end: TestRecord = [BIFF.eof, Buffer.alloc(0)];
  const head = (kind: number): TestRecord => [BIFF.bof, u16(version, kind, 0, 0, 0, 0, 0, 0)];
  const before = (start: number): Buffer =>
    recordsOf([head(5), ...globals, [BIFF.boundSheet, bytes(u32(start), u8(0, 0), name)], end]);
  return bytes(before(before(0).length), recordsOf([head(0x10), ...sheet, end]));
}

const SECTOR = 512;
const END = 0xffff_fffe;
const FREE = 0xffff_ffff;
const TABLE = 0xffff_fffd;

/** A compound file with streams in its root, each padded past the size below which streams are kept elsewhere. */
export function compoundFileOf(streams: Readonly<Record<string, Buffer>>): Buffer {
  const names = Object.keys(streams);
  const padded = Object.values(streams).map((data) => {
    const room = Math.max(8, Math.ceil(data.length / SECTOR));
    return bytes(data, Buffer.alloc(room * SECTOR - data.length));
  });
  const directorySectors = Math.ceil((names.length + 1) / 4);
  const used = padded.reduce((sum, data) => sum + data.length / SECTOR, directorySectors);
  const tables = Math.ceil((used + 1) / 127);
  const table = new Uint32Array(tables * 128).fill(FREE);
  table.fill(TABLE, 0, tables);
  let next = tables;
  const chain = (count: number): number => {
    const start = next;
    for (let at = 0; at < count; at += 1) table[start + at] = at === count - 1 ? END : start + at + 1;
    next += count;
    return start;
  };
  const directoryStart = chain(directorySectors);
  const directory = Buffer.alloc(directorySectors * SECTOR);
  writeEntry(directory, 0, 'Root Entry', 5, END, 0);
  names.forEach((name, at) => {
    const data = padded[at] ?? Buffer.alloc(0);
    writeEntry(directory, at + 1, name, 2, chain(data.length / SECTOR), data.length);
  });
  const header = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  u16(0x3e, 3, 0xfffe, 9, 6).copy(header, 24);
  u32(tables, directoryStart, 0, 4096, END, 0, END, 0).copy(header, 44);
  header.fill(0xff, 76);
  for (let at = 0; at < tables; at += 1) header.writeUInt32LE(at, 76 + 4 * at);
  return bytes(header, Buffer.from(table.buffer), directory, ...padded);
}

function writeEntry(to: Buffer, at: number, name: string, kind: number, start: number, size: number): void {
  const entry = to.subarray(at * 128, at * 128 + 128);
  entry.write(name, 'utf16le');
  entry.writeUInt16LE(2 * name.length + 2, 64);
  entry.writeUInt8(kind, 66);
  u32(start, size).copy(entry, 116);
}
