import { inflateRawSync } from 'node:zlib';
import { encrypted, tooLarge, unreadable } from './spreadsheet-refusal.ts';
import { quoted } from './shortened.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';

/** One file of an archive, as the directory at the archive's end describes it. */
export type ZipEntry = {
  readonly name: string;
  /** 0 = stored, 8 = deflated. */
  readonly method: number;
  /** Bytes in the archive. */
  readonly packed: number;
  /** Bytes unpacked, by the directory's word; readEntry holds it to that. */
  readonly size: number;
  /** Where its own header begins. */
  readonly offset: number;
};

const END = 0x0605_4b50;
const END_LENGTH = 22;
const DIRECTORY = 0x0201_4b50;
const DIRECTORY_LENGTH = 46;
const LOCAL = 0x0403_4b50;
const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 0xffff;
/** Stands for a number that has not enough room, and lies in an extra field. */
const ELSEWHERE = 0xffff_ffff;
const ZIP64_FIELD = 1;

/**
 * What an archive holds, by name in lower case: names of workbook parts are compared so. It reads nothing but the
 * directory, and refuses one that is too long, announces too much, contradicts itself, or names a file twice.
 */
export function readZipDirectory(file: Buffer): ReadonlyMap<string, ZipEntry> {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count > SPREADSHEET_LIMITS.entries) {
    throw tooLarge(`The workbook has ${count} parts; at most ${SPREADSHEET_LIMITS.entries} are read.`);
  }
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + DIRECTORY_LENGTH > end || file.readUInt32LE(at) !== DIRECTORY)
      throw unreadable('its directory is damaged');
    const nameLength = file.readUInt16LE(at + 28);
    const extraLength = file.readUInt16LE(at + 30);
    const next = at + DIRECTORY_LENGTH + nameLength + extraLength + file.readUInt16LE(at + 32);
    if (next > end) throw unreadable('its directory is damaged');
    if ((file.readUInt16LE(at + 8) & 1) === 1) throw encrypted();
    const entry = readDirectoryEntry(file, at, nameLength, extraLength);
    total += entry.size;
    if (total > SPREADSHEET_LIMITS.inflatedBytes) throw tooLarge(inflatesTooFar());
    if (entries.has(entry.name)) throw unreadable(`it has two parts named ${quoted(entry.name)}`);
    entries.set(entry.name, entry);
    at = next;
  }
  return entries;
}

function findEnd(file: Buffer): number {
  const first = Math.max(0, file.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = file.length - END_LENGTH; at >= first; at -= 1) {
    if (file.readUInt32LE(at) === END && at + END_LENGTH + file.readUInt16LE(at + 20) <= file.length) return at;
  }
  throw unreadable('its end is missing');
}

function readDirectoryEntry(file: Buffer, at: number, nameLength: number, extraLength: number): ZipEntry {
  const nameAt = at + DIRECTORY_LENGTH;
  const name = file
    .toString('utf8', nameAt, nameAt + nameLength)
    .replaceAll('\\', '/')
    .replace(/^\//, '')
    .toLowerCase();
  const extra = file.subarray(nameAt + nameLength, nameAt + nameLength + extraLength);
  const long = longNumbers(extra);
  const number = (position: number): number => {
    const short = file.readUInt32LE(position);
    return short === ELSEWHERE ? (long.shift() ?? ELSEWHERE) : short;
  };
  // In this order the long ones follow each other.
  const size = number(at + 24);
  const packed = number(at + 20);
  const offset = number(at + 42);
  return { name, method: file.readUInt16LE(at + 10), packed, size, offset };
}

/** Some writers give every size in 64 bits, however small. */
function longNumbers(extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.length) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === ZIP64_FIELD) {
      const field = extra.subarray(at + 4, at + 4 + length);
      const count = Math.min(3, Math.floor(field.length / 8));
      return Array.from({ length: count }, (_, index) => Number(field.readBigUInt64LE(8 * index)));
    }
    at += 4 + length;
  }
  return [];
}

/** Unpacks one file, never past the size that the directory gives it: a directory that lies is refused there. */
export function readEntry(file: Buffer, entry: ZipEntry): Buffer {
  const { name, offset, packed, size, method } = entry;
  const bad = unreadable(`its part ${quoted(name)} is damaged`);
  if (offset + LOCAL_LENGTH > file.length || file.readUInt32LE(offset) !== LOCAL) throw bad;
  const start = offset + LOCAL_LENGTH + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  if (start + packed > file.length) throw bad;
  const data = file.subarray(start, start + packed);
  if (method === 0 && packed === size) return data;
  if (method !== 8) throw bad;
  const inflated = inflate(data, size);
  if (inflated?.length !== size) throw bad;
  return inflated;
}

function inflate(data: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size), chunkSize: 256 * 1024 });
  } catch {
    // Broken data, or more of it than was announced.
    return undefined;
  }
}

function inflatesTooFar(): string {
  return `The workbook unpacks to more than ${SPREADSHEET_LIMITS.inflatedBytes / (1024 * 1024)} MB.`;
}
