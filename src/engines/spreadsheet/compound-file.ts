import { unreadable } from './spreadsheet-refusal.ts';

const HEADER = 512;
const ENTRY = 128;
/** Numbers from here on mean an end or a free sector, not a place. */
const LAST_SECTOR = 0xffff_fffa;
const STREAM = 2;
const ROOT = 5;
const INLINE_TABLES = 109;

type Stream = { readonly kind: number; readonly start: number; readonly size: number };

/** A file of files, the container of every .xls since Excel 5 and of every encrypted .xlsx. */
export type CompoundFile = {
  readonly names: ReadonlySet<string>;
  /** The bytes of a stream; undefined where there is none of that name. */
  readonly read: (name: string) => Buffer | undefined;
};

/**
 * Opens a compound file. No number of its headers is believed: chains of sectors end where the file does, and what
 * is allocated is what was found.
 */
export function openCompoundFile(file: Buffer): CompoundFile {
  if (file.length < HEADER) throw cutOff();
  const shift = file.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw unreadable('its sectors have a size that no workbook has');
  const sectorSize = 1 << shift;
  const sectorAt = (index: number): Buffer | undefined => {
    const start = (index + 1) * sectorSize;
    return start < file.length ? file.subarray(start, start + sectorSize) : undefined;
  };
  const table = sectorTable(file, sectorAt, sectorSize);
  const chain = (start: number): Buffer => follow(start, table, sectorAt);
  const entries = directory(chain(file.readUInt32LE(48)));
  const cutoff = file.readUInt32LE(56);
  const shortTable = numbers(chain(file.readUInt32LE(60)));
  const shortSectors = chain([...entries.values()].find(({ kind }) => kind === ROOT)?.start ?? LAST_SECTOR);
  const shortAt = (index: number): Buffer | undefined => {
    const start = index * 64;
    return start < shortSectors.length ? shortSectors.subarray(start, start + 64) : undefined;
  };
  const read = (name: string): Buffer | undefined => {
    const stream = entries.get(name);
    if (stream?.kind !== STREAM) return undefined;
    const found = stream.size < cutoff ? follow(stream.start, shortTable, shortAt) : chain(stream.start);
    if (found.length < stream.size) throw cutOff();
    return found.subarray(0, stream.size);
  };
  return { names: new Set(entries.keys()), read };
}

function cutOff(): Error {
  return unreadable('the file is cut off');
}

function inCircle(): Error {
  return unreadable('its chain of sectors runs in a circle');
}

type Sectors = (index: number) => Buffer | undefined;

/** Which sector follows which: its own sectors are listed in the header and, of large files, in more of them. */
function sectorTable(file: Buffer, sectorAt: Sectors, sectorSize: number): number[] {
  const lists = [file.subarray(76, 76 + 4 * INLINE_TABLES)];
  let next = file.readUInt32LE(68);
  while (next < LAST_SECTOR) {
    if (lists.length * sectorSize > file.length) throw inCircle();
    const list = sectorAt(next);
    if (list?.length !== sectorSize) throw cutOff();
    lists.push(list.subarray(0, sectorSize - 4));
    next = list.readUInt32LE(sectorSize - 4);
  }
  const table: number[] = [];
  for (const index of lists.flatMap(numbers)) {
    if (index >= LAST_SECTOR) continue;
    const part = sectorAt(index);
    if (part?.length !== sectorSize || table.length * sectorSize > file.length * (sectorSize / 4)) throw cutOff();
    for (const number of numbers(part)) table.push(number);
  }
  return table;
}

function numbers(bytes: Buffer): number[] {
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(4 * index));
}

function follow(start: number, table: readonly number[], sectorAt: Sectors): Buffer {
  const parts: Buffer[] = [];
  for (let at = start; at < LAST_SECTOR; at = table[at] ?? LAST_SECTOR) {
    const part = sectorAt(at);
    if (part === undefined) throw cutOff();
    if (parts.length > table.length) throw inCircle();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Of all storages together: the names that matter here stand in the root only. */
function directory(bytes: Buffer): Map<string, Stream> {
  const entries = new Map<string, Stream>();
  for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
    const nameLength = Math.min(64, bytes.readUInt16LE(at + 64));
    const name = bytes.toString('utf16le', at, at + Math.max(0, nameLength - 2));
    const kind = bytes.readUInt8(at + 66);
    if (kind !== STREAM && kind !== ROOT && kind !== 1) continue;
    if (!entries.has(name)) {
      entries.set(name, { kind, start: bytes.readUInt32LE(at + 116), size: bytes.readUInt32LE(at + 120) });
    }
  }
  return entries;
}
