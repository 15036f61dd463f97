import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBzip2 } from './bzip2.ts';

const LINES_BZ2 = readFileSync(join(import.meta.dirname, 'fixtures/lines.txt.bz2'));
const LINES = Array.from({ length: 9000 }, (_, index) => `line ${index} of many, ${(index * 7919) % 10007}\n`).join(
  '',
);
const EMPTY = Buffer.from('QlpoORdyRThQkAAAAAA=', 'base64');
const HELLO = Buffer.from('QlpoOTFBWSZTWctS5WcAAAVRAAAQQAQCRKAAISQxCGAvGETHFReLuSKcKEhlqXKzgA==', 'base64');
const MILLION_ZEROS = Buffer.from('QlpoOTFBWSZTWXnTnkgAB6jAQMAAAAIACCAAMMwJqmmVJDapSQ8XckU4UJB5055I', 'base64');

async function* inPieces(bytes: Buffer, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Buffer, size?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readBzip2(inPieces(bytes, size))) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('reading bzip2', () => {
  test('gives what the program bzip2 packed, over several blocks', async () => {
    expect((await unpack(LINES_BZ2)).toString()).toBe(LINES);
  });

  test('does not depend on how the bytes arrive', async () => {
    for (const size of [1, 7, 4096]) expect((await unpack(LINES_BZ2, size)).toString()).toBe(LINES);
  });

  test('knows an empty file, a short one and one of equal bytes', async () => {
    expect(await unpack(EMPTY)).toEqual(Buffer.alloc(0));
    expect((await unpack(HELLO)).toString()).toBe('hello, hello, hello\n');
    expect((await unpack(MILLION_ZEROS)).equals(Buffer.alloc(1_000_000))).toBe(true);
  });

  test('reads streams that follow each other, as programs with several threads write them', async () => {
    const joined = Buffer.concat([HELLO, EMPTY, HELLO]);
    expect((await unpack(joined)).toString()).toBe('hello, hello, hello\nhello, hello, hello\n');
  });

  test('hands on no more than was asked for, and then closes its source', async () => {
    const source = createReadStream(join(import.meta.dirname, 'fixtures/lines.txt.bz2'));
    const reader = readBzip2(source as AsyncIterable<Uint8Array>);
    const first = await reader.next();
    expect((first.value as Uint8Array).length).toBeLessThanOrEqual(1 << 18);
    await reader.return(undefined);
    expect(source.destroyed).toBe(true);
  });
});

describe('bad bzip2', () => {
  test('that is cut off anywhere is refused', async () => {
    for (const length of [3, 4, 10, 14, 30, HELLO.length - 1]) {
      await expect(unpack(HELLO.subarray(0, length))).rejects.toThrow('cut off');
    }
  });

  test.each([
    ['something else', Buffer.from('PK\u0003\u0004 and so on')],
    ['a block size of 0', Buffer.from(EMPTY.toString('latin1').replace('BZh9', 'BZh0'), 'latin1')],
  ])('%s is said not to be bzip2', async (_what, bytes) => {
    await expect(unpack(bytes)).rejects.toThrow('it is not bzip2');
  });

  test('something behind its end is refused', async () => {
    await expect(unpack(Buffer.concat([HELLO, Buffer.from('more')]))).rejects.toThrow('it is not bzip2');
  });

  test('with one bit changed is never taken for good', async () => {
    const bits = fc.integer({ min: 0, max: HELLO.length * 8 - 1 });
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        const changed = Buffer.from(HELLO);
        const byte = changed[bit >> 3] ?? 0;
        changed[bit >> 3] = byte ^ (1 << (bit & 7));
        const outcome = await unpack(changed).then(String, (error: unknown) => (error as Error).name);
        // The size of the blocks and the bits that fill the last byte may differ; the content may not.
        expect(['BrokenArchive', 'hello, hello, hello\n']).toContain(outcome);
      }),
      { numRuns: HELLO.length * 8 },
    );
  });

  test('of random bytes ends with an error of its kind', async () => {
    const bytes = fc.uint8Array({ minLength: 40, maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(bytes, async (random) => {
        const block = Buffer.concat([HELLO.subarray(0, 14), random]);
        await expect(unpack(block)).rejects.toMatchObject({ name: 'BrokenArchive' });
      }),
    );
  });
});
