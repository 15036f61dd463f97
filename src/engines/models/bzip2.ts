import { BrokenArchive } from './broken-archive.ts';
import { BitReader } from './bzip2-bits.ts';
import { readBlock, type Block } from './bzip2-block.ts';

/** Bytes that a block can take up at most: 900,000 symbols of 20 bits, and its tables. */
const LONGEST_BLOCK = 2_400_000;
const BLOCK_START = [0x314159, 0x265359];
const STREAM_END = [0x177245, 0x385090];
/** Bytes that are handed on at once. */
const PIECE = 1 << 18;

/**
 * Unpacks bzip2 in pieces of 256 KiB, one block in memory at a time: the next piece is made when it is asked for, so
 * whoever counts them can stop an archive that unpacks to more than it should.
 *
 * Models are published as .tar.bz2, and Node.js reads gzip alone. The program bzip2 is missing in small images, and
 * what npm has pushes all that its input holds at once and took four times as long: see
 * docs/decisions/2026-11-22-models-in-a-folder.md.
 */
export async function* readBzip2(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = input[Symbol.asyncIterator]();
  const bits = new BitReader();
  try {
    do {
      await fill(bits, source);
      const links = new Uint32Array(readHeader(bits) * 100_000);
      yield* readStream(bits, source, links);
      bits.align();
      await fill(bits, source);
    } while (bits.hasMore);
  } finally {
    await source.return?.();
  }
}

/** Until a whole block is there, or all that will come. */
async function fill(bits: BitReader, source: AsyncIterator<Uint8Array>): Promise<void> {
  const chunks: Uint8Array[] = [];
  for (let bytes = bits.buffered; bytes < LONGEST_BLOCK;) {
    const next = await source.next();
    if (next.done === true) break;
    chunks.push(next.value);
    bytes += next.value.byteLength;
  }
  if (chunks.length > 0) bits.feed(chunks);
}

/** @returns the block size, in units of 100,000 */
function readHeader(bits: BitReader): number {
  const isBzip2 = bits.read(24) === 0x42_5a_68;
  const size = isBzip2 ? bits.read(8) - 0x30 : 0;
  if (size < 1 || size > 9) throw new BrokenArchive('it is not bzip2');
  return size;
}

async function* readStream(
  bits: BitReader,
  source: AsyncIterator<Uint8Array>,
  links: Uint32Array,
): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  for (;;) {
    await fill(bits, source);
    const mark = [bits.read(24), bits.read(24)];
    const expected = bits.read(16) * 0x10000 + bits.read(16);
    if (isMark(mark, STREAM_END)) {
      if (expected !== checksum) throw new BrokenArchive('its checksum is wrong');
      return;
    }
    if (!isMark(mark, BLOCK_START)) throw new BrokenArchive('a block of it is malformed');
    const found = yield* unsort(readBlock(bits, links));
    if (found !== expected) throw new BrokenArchive('the checksum of a block is wrong');
    checksum = (((checksum << 1) | (checksum >>> 31)) ^ found) >>> 0;
  }
}

function isMark(found: readonly number[], mark: readonly number[]): boolean {
  return found[0] === mark[0] && found[1] === mark[1];
}

/** Follows the links and undoes the shortening of repeated bytes. @returns the checksum of what it handed on */
function* unsort({ links, count, start }: Block): Generator<Uint8Array, number> {
  linkUp(links, count);
  let piece = new Uint8Array(PIECE);
  let used = 0;
  let checksum = 0xffff_ffff;
  let place = (links[start] ?? 0) >>> 8;
  let previous = -1;
  let run = 0;
  for (let index = 0; index < count; index += 1) {
    const link = links[place] ?? 0;
    const byte = link & 0xff;
    place = link >>> 8;
    // After four equal bytes stands how many more there are.
    let copies = run === 4 ? byte : 1;
    const value = run === 4 ? previous : byte;
    if (run === 4) run = 0;
    else if (byte === previous) run += 1;
    else run = 1;
    previous = value;
    for (; copies > 0; copies -= 1) {
      checksum = (checksum << 8) ^ (CRC[(checksum >>> 24) ^ value] ?? 0);
      piece[used] = value;
      used += 1;
      if (used === PIECE) {
        yield piece;
        piece = new Uint8Array(PIECE);
        used = 0;
      }
    }
  }
  if (used > 0) yield piece.subarray(0, used);
  return ~checksum >>> 0;
}

/** Puts into the upper bits of each place where the byte that follows it lies. */
function linkUp(links: Uint32Array, count: number): void {
  const places = new Uint32Array(256);
  for (let index = 0; index < count; index += 1) {
    const byte = (links[index] ?? 0) & 0xff;
    places[byte] = (places[byte] ?? 0) + 1;
  }
  let sum = 0;
  for (let byte = 0; byte < 256; byte += 1) {
    const size = places[byte] ?? 0;
    places[byte] = sum;
    sum += size;
  }
  for (let index = 0; index < count; index += 1) {
    const byte = (links[index] ?? 0) & 0xff;
    const place = places[byte] ?? 0;
    places[byte] = place + 1;
    links[place] = ((links[place] ?? 0) & 0xff) | (index << 8);
  }
}

/** The remainders of all bytes, most significant bit first. */
const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder << 1) ^ (remainder < 0 ? 0x04c1_1db7 : 0);
  return remainder;
});
