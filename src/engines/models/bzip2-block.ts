import { BrokenArchive } from './broken-archive.ts';
import type { BitReader } from './bzip2-bits.ts';
import { readCodes, readSymbol, type Codes } from './bzip2-codes.ts';

/** A block before its sorting is undone. */
export type Block = {
  /** Its low 8 bits are a byte of the block, the others lead to the place of the byte that follows it. */
  readonly links: Uint32Array;
  /** How many places are used. */
  readonly count: number;
  readonly start: number;
};

/** Symbols under one choice of code table. */
const GROUP = 50;

/** Reads a block after its checksum. @param links scratch of the block size; it is the result's too */
export function readBlock(bits: BitReader, links: Uint32Array): Block {
  if (bits.read(1) === 1) throw new BrokenArchive('it is of a form that was given up in 1998');
  const start = bits.read(24);
  const bytes = readUsedBytes(bits);
  const endOfBlock = bytes.length + 1;
  const tableCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (tableCount < 2 || tableCount > 6 || selectorCount === 0)
    throw new BrokenArchive('a block of it is malformed');
  const selectors = readSelectors(bits, tableCount, selectorCount);
  const tables = Array.from({ length: tableCount }, () => readCodes(bits, bytes.length + 2));
  const count = readSymbols(bits, links, { bytes, endOfBlock, selectors, tables });
  if (start >= count) throw new BrokenArchive('a block of it is malformed');
  return { links, count, start };
}

/** Which of the 256 bytes occur at all. */
function readUsedBytes(bits: BitReader): Uint8Array {
  const rows = bits.read(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row += 1) {
    if ((rows & (0x8000 >>> row)) === 0) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column += 1) {
      if ((columns & (0x8000 >>> column)) !== 0) used.push(row * 16 + column);
    }
  }
  if (used.length === 0) throw new BrokenArchive('a block of it is malformed');
  return Uint8Array.from(used);
}

/** Which table the symbols of each group are coded by, as moves to the front. */
function readSelectors(bits: BitReader, tableCount: number, count: number): Uint8Array {
  const order = Array.from({ length: tableCount }, (_, table) => table);
  const selectors = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    let place = 0;
    while (bits.read(1) === 1) place += 1;
    const [table] = order.splice(place, 1);
    if (table === undefined) throw new BrokenArchive('a block of it is malformed');
    order.unshift(table);
    selectors[index] = table;
  }
  return selectors;
}

type Coding = {
  readonly bytes: Uint8Array;
  readonly endOfBlock: number;
  readonly selectors: Uint8Array;
  readonly tables: readonly Codes[];
};

/** Fills the low 8 bits of `links`. @returns how many places were filled */
function readSymbols(bits: BitReader, links: Uint32Array, coding: Coding): number {
  const { bytes: order, endOfBlock, selectors, tables } = coding;
  let count = 0;
  let repeats = 0;
  let digit = 1;
  for (let group = 0; ; group += 1) {
    const codes = tables[selectors[group] ?? tables.length];
    if (codes === undefined) throw new BrokenArchive('a block of it does not end');
    for (let index = 0; index < GROUP; index += 1) {
      const symbol = readSymbol(bits, codes);
      if (symbol < 2) {
        // Two symbols spell, lowest digit first, how often the byte at the front is repeated.
        repeats += digit << symbol;
        digit *= 2;
        if (repeats > links.length - count) throw new BrokenArchive('a block of it is too long');
        continue;
      }
      if (repeats > 0) {
        links.fill(order[0] ?? 0, count, count + repeats);
        count += repeats;
        repeats = 0;
        digit = 1;
      }
      if (symbol === endOfBlock) return count;
      if (count === links.length) throw new BrokenArchive('a block of it is too long');
      links[count] = moveToFront(order, symbol - 1);
      count += 1;
    }
  }
}

function moveToFront(order: Uint8Array, place: number): number {
  const byte = order[place] ?? 0;
  // Weights move far, text moves little. Measured: the loop alone takes twice as long on weights.
  if (place > 16) order.copyWithin(1, 0, place);
  else for (let index = place; index > 0; index -= 1) order[index] = order[index - 1] ?? 0;
  order[0] = byte;
  return byte;
}
