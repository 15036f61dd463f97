import { BrokenArchive } from './broken-archive.ts';
import type { BitReader } from './bzip2-bits.ts';

/** Bits of the longest code that the format knows. */
const LONGEST = 20;
/** Bits of the codes that are found by one look: nearly all that occur. */
const FAST = 10;

/** A table of prefix codes for the symbols of a block. */
export type Codes = {
  /** By the next FAST bits: symbol << 5 | length, or 0 where the code is longer. */
  readonly fast: Uint16Array;
  /** By length: the highest code of that length, -1 where there is none. */
  readonly last: Int32Array;
  /** By length: what is added to a code to find its place in `symbols`. */
  readonly offset: Int32Array;
  /** In the order of their codes. */
  readonly symbols: Uint16Array;
};

/** @param symbolCount 3 to 258 */
export function readCodes(bits: BitReader, symbolCount: number): Codes {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbolCount; symbol += 1) {
    for (;;) {
      if (length < 1 || length > LONGEST) throw new BrokenArchive('a code of it has no valid length');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return makeCodes(lengths);
}

/** Codes of one length follow each other in the order of their symbols; those of the next length follow doubled. */
function makeCodes(lengths: Uint8Array): Codes {
  const fast = new Uint16Array(1 << FAST);
  const last = new Int32Array(LONGEST + 1).fill(-1);
  const offset = new Int32Array(LONGEST + 1);
  const symbols = new Uint16Array(lengths.length);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= LONGEST; length += 1) {
    offset[length] = place - code;
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      if (code >= 1 << length) throw new BrokenArchive('its codes contradict each other');
      symbols[place] = symbol;
      if (length <= FAST) {
        const from = code << (FAST - length);
        fast.fill((symbol << 5) | length, from, from + (1 << (FAST - length)));
      }
      last[length] = code;
      code += 1;
      place += 1;
    }
    code *= 2;
  }
  return { fast, last, offset, symbols };
}

export function readSymbol(bits: BitReader, { fast, last, offset, symbols }: Codes): number {
  const ahead = bits.peek(LONGEST);
  const found = fast[ahead >>> (LONGEST - FAST)] ?? 0;
  if (found !== 0) {
    bits.skip(found & 31);
    return found >>> 5;
  }
  for (let length = FAST + 1; length <= LONGEST; length += 1) {
    const code = ahead >>> (LONGEST - length);
    if (code > (last[length] ?? -1)) continue;
    bits.skip(length);
    return symbols[code + (offset[length] ?? 0)] ?? 0;
  }
  throw new BrokenArchive('it has a code that means nothing');
}
