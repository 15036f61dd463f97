import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { archiveKind } from './archive-kind.ts';
import { extractArchive, limitsFor, type UnpackedFile } from './extract-archive.ts';
import { tarOf, type TestEntry } from './test-archives.ts';

const TINY = join(import.meta.dirname, 'fixtures/tiny-model.tar.bz2');

/** 400 MB of zeros in a tar file, packed to 430 bytes. */
const BOMB = Buffer.from(
  'QlpoOTFBWSZTWd2WlbAFfk57kMiAAEBAAf+ABAFmB55ABAAACDAAubYSqD0QaANBk9T1AlT1R6mmgDQ0AATVUk2p5DQj1GIaZHev' +
    'GfLf638qCBLKQECXpptseex+2ts0yZiCBLBWE+9Ln8Y1NcDjSUDMTiQguTzEQyimEMMwqyKtogPEz7C1Kh6CYUhEWU+q1WcgQFIm' +
    'YwgMMXt9qUECX+YoKyTKayHBPFvgK/HIABgAAAEEAAYQCajIVAS1IVAS5igrJMprIcE8W+Ar8cgAGAAAAQQABhAJqMhUBLUhUBLm' +
    'KCskymshwTxb4CvxyAAYAAABBAAGEAmoyFQEtSFQEuYoKyTKayHBPFvgK/HIABgAAAEEAAYQCajIVAS1IVAS5igrJMprIcE8W+Ar' +
    '8cgAGAAAAQQABhAJqMhUBLUhUBLmKCskymshwTxb4CvxyAAYAAABBAAGEAmoyFQEtSFQEuYoKyTKayHBPFvgK/HIABgAAAEEAAYQ' +
    'CajIVAS1IVAS5igrJMprPcHW3QAfbHoAGAAACAABBAAGGYE1TTCoiDaqlEQeLuSKcKEhF5fgtA==',
  'base64',
);

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-extract-'));
  out = join(folder, 'out');
});
afterEach(() => rm(folder, { recursive: true }));

async function extractBytes(bytes: Buffer, limits = limitsFor(bytes.length)): Promise<UnpackedFile[]> {
  const path = join(folder, 'archive');
  await writeFile(path, bytes);
  const kind = await archiveKind(path);
  if (kind === undefined) throw new Error('not an archive');
  return extractArchive(path, kind, out, limits);
}

const extractEntries = async (...entries: TestEntry[]): Promise<UnpackedFile[]> =>
  extractBytes(await tarOf(entries));

describe('an archive as it is published', () => {
  test('is unpacked with all its files, whose hashes are told', async () => {
    const files = await extractArchive(TINY, 'tar.bz2', out, limitsFor((await stat(TINY)).size));
    expect(files.map(({ path }) => path).toSorted()).toEqual([
      'tiny-model/LICENSE',
      'tiny-model/model.int8.onnx',
      'tiny-model/model.onnx',
      'tiny-model/test_wavs/0.txt',
      'tiny-model/tokens.txt',
    ]);
    for (const { path, bytes, sha256 } of files) {
      const content = await readFile(join(out, path));
      expect([bytes, sha256]).toEqual([content.length, createHash('sha256').update(content).digest('hex')]);
    }
  });

  test('is read as tar and as tar.gz too, whatever it is called', async () => {
    const tar = await tarOf([
      { name: './m/', type: 'directory' },
      { name: './m/tokens.txt', content: 'a 0\n' },
    ]);
    for (const bytes of [tar, gzipSync(tar)]) {
      expect(await extractBytes(bytes)).toMatchObject([{ path: 'm/tokens.txt', bytes: 4 }]);
      await rm(out, { recursive: true });
    }
  });

  test('tells how much of it was read', async () => {
    const read: number[] = [];
    const { size } = await stat(TINY);
    await extractArchive(TINY, 'tar.bz2', out, limitsFor(size), (bytes) => read.push(bytes));
    expect(read.at(-1)).toBe(size);
  });
});

describe('a hostile archive is refused:', () => {
  test.each([
    ['up', '../outside.txt', 'leads out of its folder'],
    ['up from inside', 'm/a/../../../outside.txt', 'leads out of its folder'],
    ['from the root', '/etc/outside.txt', 'is absolute'],
    ['from a drive', 'C:/outside.txt', 'is absolute'],
    ['with a backslash', 'm\\..\\..\\outside.txt', 'has a character that no file may have'],
    ['with a line break', 'm/a\nb', 'has a character that no file may have'],
    ['of a device', 'm/NUL.onnx', 'some systems take for another'],
    ['that ends with a dot', 'm/model.onnx.', 'some systems take for another'],
    ['that is long', `m/${'n'.repeat(300)}`, 'is too long'],
    ['that is deep', `${'d/'.repeat(20)}f`, 'lies too deep'],
  ])('a name %s', async (_what, name, reason) => {
    await expect(extractEntries({ name, content: 'x' })).rejects.toThrow(reason);
    expect(await readdir(folder)).not.toContain('outside.txt');
  });

  test.each(['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const)('a %s', async (type) => {
    const entry = extractEntries(
      { name: 'm/f', type, linkname: '../../outside.txt' },
      { name: 'm/f/x', content: 'x' },
    );
    await expect(entry).rejects.toThrow(/its entry "m\/f" is (a link|neither a file nor a folder)/);
  });

  test.each([
    ['the same name', 'm/tokens.txt', 'm/tokens.txt'],
    ['in upper and lower case', 'm/tokens.txt', 'm/Tokens.TXT'],
    ['a letter in two forms', 'm/\u00e9', 'm/e\u0301'],
    ['a file and a folder', 'm/a', 'm/a/b'],
    ['a folder and a file', 'm/a/b', 'm/A'],
  ])('%s twice', async (_what, first, second) => {
    const twice = extractEntries({ name: first, content: '1' }, { name: second, content: '2' });
    await expect(twice).rejects.toThrow('twice');
  });

  test('one that unpacks to far more than its size, with as much on the disk as is allowed', async () => {
    await expect(extractBytes(BOMB)).rejects.toThrow('it unpacks to more than');
    const { size } = await stat(join(out, 'x/model.onnx'));
    expect(size).toBeLessThan(limitsFor(BOMB.length).maxBytes);
  });

  test('the same in gzip', async () => {
    const tar = await tarOf([{ name: 'm/f', content: Buffer.alloc(40 << 20) }]);
    await expect(extractBytes(gzipSync(tar))).rejects.toThrow('it unpacks to more than');
  });

  test('one with very many entries', async () => {
    const entries = Array.from({ length: 30 }, (_, index) => ({ name: `m/${index}`, content: '' }));
    const tar = await tarOf(entries);
    await expect(extractBytes(tar, { maxEntries: 20, maxBytes: 1e6 })).rejects.toThrow('more than 20 entries');
  });

  test('one that says it is larger than it is', async () => {
    const tar = await tarOf([{ name: 'm/f', content: Buffer.alloc(4096, 1) }]);
    await expect(extractBytes(tar.subarray(0, 1024))).rejects.toMatchObject({ name: 'BrokenArchive' });
  });

  test('one that is cut off', async () => {
    const tiny = await readFile(TINY);
    for (const length of [200, 9_000, tiny.length - 5]) {
      await expect(extractBytes(tiny.subarray(0, length))).rejects.toThrow('cut off');
      await rm(out, { recursive: true, force: true });
    }
    const packed = gzipSync(await tarOf([{ name: 'm/f', content: 'x' }]));
    await expect(extractBytes(packed.subarray(0, -9))).rejects.toMatchObject({ name: 'BrokenArchive' });
  });

  test('one with a flipped bit', async () => {
    const tiny = await readFile(TINY);
    tiny[12_000] = (tiny[12_000] ?? 0) ^ 4;
    await expect(extractBytes(tiny)).rejects.toMatchObject({ name: 'BrokenArchive' });
  });

  test('one without files', async () => {
    await expect(extractEntries({ name: 'm/', type: 'directory' })).rejects.toThrow('it has no files');
  });

  test('one that holds no tar file', async () => {
    const inside = gzipSync(Buffer.alloc(2000, 'x'));
    await expect(extractBytes(inside)).rejects.toMatchObject({ name: 'BrokenArchive' });
  });
});

test('what the disk says is no fault of the archive', async () => {
  await writeFile(out, 'a file where the folder should be');
  const missing = extractArchive(join(folder, 'missing'), 'tar', out, limitsFor(1));
  await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(extractEntries({ name: 'm/f', content: 'x' })).rejects.toMatchObject({ code: 'ENOTDIR' });
});
