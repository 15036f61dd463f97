import fc from 'fast-check';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALICE, BOB, bodyOf, contentOf, objectStoreContract } from './contract/object-store-contract.ts';
import { openFolderStore } from './folder-store.ts';
import { limitStorage } from './limited-store.ts';
import type { ObjectStore, PutOptions } from './object-store.ts';
import { storedBytes } from './stored-bytes.ts';

async function openLimited(root: string, maxBytes: number): Promise<ObjectStore> {
  return limitStorage(await openFolderStore(root), {
    maxBytes,
    storedBytes: (account, bucket) => storedBytes(root, account, bucket),
  });
}

objectStoreContract('folder with a quota', async () => {
  const root = await mkdtemp(join(tmpdir(), 'limited-store-'));
  return { store: await openLimited(root, 1024 ** 3), close: () => rm(root, { recursive: true }) };
});

describe('a quota of objects', () => {
  const MOST = 100;
  let root: string;
  let store: ObjectStore;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'limited-store-'));
    store = await openLimited(root, MOST);
    await store.createBucket(ALICE, 'media');
    await store.createBucket(BOB, 'bobs');
  });

  afterEach(() => rm(root, { recursive: true }));

  async function put(key: string, bytes: number, options: PutOptions = {}): Promise<string> {
    return (await store.put(ALICE, 'media', key, bodyOf('x'.repeat(bytes)), options)).kind;
  }

  test('has the room of an object again that is removed, once', async () => {
    await put('a', 60);
    await expect(put('b', 60)).resolves.toBe('quota-exceeded');
    await Promise.all([store.remove(ALICE, 'media', 'a'), store.remove(ALICE, 'media', 'a')]);
    await expect(put('b', 60)).resolves.toBe('stored');
    await expect(put('c', 41)).resolves.toBe('quota-exceeded');
  });

  test('is used up to its last byte and not above it', async () => {
    await expect(put('a', 60)).resolves.toBe('stored');
    await expect(put('b', 41)).resolves.toBe('quota-exceeded');
    await expect(put('b', 40)).resolves.toBe('stored');
    await expect(put('c', 1)).resolves.toBe('quota-exceeded');
    await expect(put('empty', 0)).resolves.toBe('stored');
    await expect(contentOf(store, ALICE, 'media', 'c')).resolves.toBe('no-such-key');
  });

  test('is of all buckets of an account together, and of each account alone', async () => {
    await store.createBucket(ALICE, 'more');
    await put('a', 60);
    expect((await store.put(ALICE, 'more', 'b', bodyOf('x'.repeat(41)))).kind).toBe('quota-exceeded');
    expect((await store.put(BOB, 'bobs', 'b', bodyOf('x'.repeat(100)))).kind).toBe('stored');
  });

  test('is freed by an object that is overwritten with a smaller one', async () => {
    await put('a', 100);
    await expect(put('a', 101)).resolves.toBe('quota-exceeded');
    await expect(put('a', 100)).resolves.toBe('stored');
    await expect(put('a', 30)).resolves.toBe('stored');
    await expect(put('b', 70)).resolves.toBe('stored');
  });

  test('takes nothing for an upload that came to nothing', async () => {
    await expect(put('a', 90, { maxBytes: 80 })).resolves.toBe('too-large');
    await expect(put('a', 90, { expectedEtag: '0'.repeat(32) })).resolves.toBe('digest-mismatch');
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(90);
        throw new Error('cut off');
      })(),
    );
    expect((await store.put(ALICE, 'media', 'a', broken)).kind).toBe('interrupted');
    expect((await store.put(ALICE, 'bobs', 'a', bodyOf('x'.repeat(90)))).kind).toBe('bucket-of-another-account');
    await expect(put('a', 100)).resolves.toBe('stored');
  });

  test('refuses what is announced too large without reading it', async () => {
    let asked = false;
    const body = (async function* () {
      asked = true;
      yield Buffer.alloc(1);
    })();
    const outcome = await store.put(ALICE, 'media', 'a', body, { announcedBytes: MOST + 1 });
    expect([outcome, asked]).toEqual([{ kind: 'quota-exceeded', maxBytes: MOST }, false]);
  });

  test('lets some of the uploads through that come at the same time and fit one by one', async () => {
    const chunks = Array.from({ length: 6 }, () => 'x'.repeat(10));
    const put60 = (key: string) => store.put(ALICE, 'media', key, bodyOf(...chunks));
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map(put60));
    expect(outcomes.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
  });

  test('counts what is there at the start, by whatever way it came', async () => {
    await put('deep/a', 30);
    await put('deep', 10);
    await writeFile(join(root, 'media', 'by-hand'), 'x'.repeat(20));
    await mkdir(join(root, 'adopted'));
    await writeFile(join(root, 'adopted', 'file'), 'x'.repeat(15));
    store = await openLimited(root, MOST);
    await expect(put('b', 41)).resolves.toBe('quota-exceeded');
    await store.createBucket(ALICE, 'adopted');
    await expect(put('b', 26)).resolves.toBe('quota-exceeded');
    await expect(put('b', 25)).resolves.toBe('stored');
  });

  test('is never exceeded, whatever is put at the same time, and agrees with the files at the end', async () => {
    const puts = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd'),
        chunks: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(puts, async (given) => {
        const folder = await mkdtemp(join(tmpdir(), 'limited-store-'));
        const limited = await openLimited(folder, MOST);
        await limited.createBucket(ALICE, 'media');
        const outcomes = await Promise.all(
          given.map(({ key, chunks }) =>
            limited.put(ALICE, 'media', key, bodyOf(...chunks.map((size) => 'x'.repeat(size)))),
          ),
        );
        const kinds = new Set(outcomes.map(({ kind }) => kind));
        const stored = await storedBytes(folder, ALICE);
        const rest = MOST - stored;
        const filled = await limited.put(ALICE, 'media', 'rest', bodyOf('x'.repeat(rest)));
        const above = await limited.put(ALICE, 'media', 'above', bodyOf('x'));
        await rm(folder, { recursive: true });
        expect([...kinds].filter((kind) => kind !== 'stored' && kind !== 'quota-exceeded')).toEqual([]);
        expect(stored).toBeLessThanOrEqual(MOST);
        expect([filled.kind, above.kind]).toEqual(['stored', 'quota-exceeded']);
      }),
      { numRuns: 25 },
    );
  });
});
