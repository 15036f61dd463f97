import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId } from '../../jobs/account.ts';
import type { ObjectStore } from '../object-store.ts';
import { removalContract } from './removal-contract.ts';

export const ALICE = '1000000000000001' as AccountId;
export const BOB = '1000000000000002' as AccountId;

export function bodyOf(...chunks: string[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

export async function contentOf(store: ObjectStore, account: AccountId, bucket: string, key: string) {
  const found = await store.read(account, bucket, key);
  return found.kind === 'found' ? (await buffer(found.object.stream())).toString() : found.kind;
}

/** What every object store must do. The adapters run it whole: none may leave a part out. */
export function objectStoreContract(
  name: string,
  open: () => Promise<{ store: ObjectStore; close: () => Promise<void> }>,
): void {
  describe(`${name}: object store contract`, () => {
    let store: ObjectStore;
    let scratch: string;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ store, close } = await open());
      scratch = await mkdtemp(join(tmpdir(), 'object-contract-'));
      await store.createBucket(ALICE, 'media');
    });

    afterEach(async () => {
      await close();
      await rm(scratch, { recursive: true });
    });

    test('a bucket is created once, and found by its owner again', async () => {
      expect(await store.hasBucket(ALICE, 'fresh')).toEqual({ kind: 'no-such-bucket' });
      expect(await store.createBucket(ALICE, 'fresh')).toEqual({ kind: 'created' });
      expect(await store.createBucket(ALICE, 'fresh')).toEqual({ kind: 'exists' });
      expect(await store.hasBucket(ALICE, 'fresh')).toEqual({ kind: 'exists' });
    });

    test('of accounts that create one bucket at the same time, one gets it', async () => {
      const outcomes = await Promise.all(
        [ALICE, BOB, ALICE, BOB].map((who) => store.createBucket(who, 'contested')),
      );
      expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'bucket-of-another-account')).toHaveLength(2);
    });

    test('another account gets at nothing in a bucket', async () => {
      await store.put(ALICE, 'media', 'a.wav', bodyOf('alice'));
      const foreign = { kind: 'bucket-of-another-account' };
      expect(await store.createBucket(BOB, 'media')).toEqual(foreign);
      expect(await store.hasBucket(BOB, 'media')).toEqual(foreign);
      expect(await store.put(BOB, 'media', 'a.wav', bodyOf('bob'))).toEqual(foreign);
      expect(await store.head(BOB, 'media', 'a.wav')).toEqual(foreign);
      expect(await store.read(BOB, 'media', 'a.wav')).toEqual(foreign);
      expect(await store.fetchTo(BOB, 'media', 'a.wav', join(scratch, 'a'))).toEqual(foreign);
      expect(await contentOf(store, ALICE, 'media', 'a.wav')).toBe('alice');
    });

    test('what was put is read back, with size, ETag, type and time', async () => {
      const before = Date.now();
      const put = await store.put(ALICE, 'media', 'talks/monday.wav', bodyOf('one ', 'two'), {
        contentType: 'audio/x-test',
      });
      const etag = createHash('md5').update('one two').digest('hex').toUpperCase();
      const info = { size: 7, etag, contentType: 'audio/x-test', lastModified: expect.any(Number) };
      expect(put).toEqual({ kind: 'stored', info });
      expect(await store.head(ALICE, 'media', 'talks/monday.wav')).toEqual({ kind: 'found', info });
      expect(await contentOf(store, ALICE, 'media', 'talks/monday.wav')).toBe('one two');
      const head = await store.head(ALICE, 'media', 'talks/monday.wav');
      const { lastModified } = head.kind === 'found' ? head.info : { lastModified: 0 };
      expect(Math.abs(lastModified - before)).toBeLessThan(60_000);
    });

    test('without a content type the extension decides', async () => {
      await store.put(ALICE, 'media', 'talk.MP3', bodyOf('x'));
      await store.put(ALICE, 'media', 'unknown', bodyOf('x'));
      expect(await store.head(ALICE, 'media', 'talk.MP3')).toMatchObject({ info: { contentType: 'audio/mpeg' } });
      expect(await store.head(ALICE, 'media', 'unknown')).toMatchObject({
        info: { contentType: 'application/octet-stream' },
      });
    });

    test('a part is read by its first and last byte', async () => {
      await store.put(ALICE, 'media', 'digits', bodyOf('0123456789'));
      const part = async (start: number, end: number) => {
        const found = await store.read(ALICE, 'media', 'digits');
        return found.kind === 'found' ? (await buffer(found.object.stream({ start, end }))).toString() : found.kind;
      };
      expect(await part(0, 0)).toBe('0');
      expect(await part(3, 5)).toBe('345');
      expect(await part(9, 9)).toBe('9');
    });

    test('an empty object is an object', async () => {
      await store.put(ALICE, 'media', 'empty', bodyOf());
      expect(await store.head(ALICE, 'media', 'empty')).toMatchObject({ kind: 'found', info: { size: 0 } });
      expect(await contentOf(store, ALICE, 'media', 'empty')).toBe('');
    });

    test('a later put replaces an object, type included, but not for a reader who has it open', async () => {
      await store.put(ALICE, 'media', 'note', bodyOf('old'), { contentType: 'text/old' });
      const opened = await store.read(ALICE, 'media', 'note');
      await store.put(ALICE, 'media', 'note', bodyOf('newer'), { contentType: 'text/new' });
      expect(await store.head(ALICE, 'media', 'note')).toMatchObject({
        info: { size: 5, contentType: 'text/new' },
      });
      expect(await contentOf(store, ALICE, 'media', 'note')).toBe('newer');
      expect(opened.kind === 'found' && (await buffer(opened.object.stream())).toString()).toBe('old');
    });

    test('of puts at the same time one wins whole, with its own ETag and type', async () => {
      const texts = Array.from({ length: 12 }, (_, index) => `${index}`.repeat(1000));
      await Promise.all(
        texts.map((text) => store.put(ALICE, 'media', 'race', bodyOf(text), { contentType: `text/${text[0]}` })),
      );
      const text = await contentOf(store, ALICE, 'media', 'race');
      expect(texts).toContain(text);
      const etag = createHash('md5').update(text).digest('hex').toUpperCase();
      expect(await store.head(ALICE, 'media', 'race')).toMatchObject({
        info: { etag, contentType: `text/${text[0]}` },
      });
    });

    test('what is put only where there is nothing replaces nothing, also of many at the same time', async () => {
      const puts = ['a', 'b', 'c'].map((text) =>
        store.put(ALICE, 'media', 'once', bodyOf(text), { ifAbsent: true }),
      );
      const kinds = (await Promise.all(puts)).map(({ kind }) => kind);
      expect(kinds.toSorted()).toEqual(['exists', 'exists', 'stored']);
      expect(await contentOf(store, ALICE, 'media', 'once')).toBe('abc'[kinds.indexOf('stored')]);
      expect((await store.put(ALICE, 'media', 'once', bodyOf('d'))).kind).toBe('stored');
      expect((await store.put(ALICE, 'media', 'once', bodyOf('e'), { ifAbsent: true })).kind).toBe('exists');
      expect(await contentOf(store, ALICE, 'media', 'once')).toBe('d');
    });

    test('a body that fails, is too large or has another digest leaves the old object as it was', async () => {
      await store.put(ALICE, 'media', 'kept', bodyOf('old'));
      async function* failing() {
        yield Buffer.from('half');
        throw new Error('connection lost');
      }
      expect(await store.put(ALICE, 'media', 'kept', failing())).toEqual({ kind: 'interrupted' });
      expect(await store.put(ALICE, 'media', 'kept', bodyOf('four', 'five'), { maxBytes: 7 })).toEqual({
        kind: 'too-large',
      });
      expect(await store.put(ALICE, 'media', 'kept', bodyOf('x'), { expectedEtag: 'A'.repeat(32) })).toMatchObject({
        kind: 'digest-mismatch',
      });
      expect(await contentOf(store, ALICE, 'media', 'kept')).toBe('old');
      expect(await store.put(ALICE, 'media', 'kept', bodyOf('four', 'five'), { maxBytes: 8 })).toMatchObject({
        kind: 'stored',
      });
    });

    test('an object is seen only when all of it is there', async () => {
      let release: () => void = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      let halfWritten: () => void = () => {};
      const reached = new Promise<void>((resolve) => (halfWritten = resolve));
      async function* slow() {
        yield Buffer.from('first half, ');
        halfWritten();
        await gate;
        yield Buffer.from('second half');
      }
      const put = store.put(ALICE, 'media', 'slow', slow());
      await reached;
      expect(await store.head(ALICE, 'media', 'slow')).toEqual({ kind: 'no-such-key' });
      release();
      await put;
      expect(await contentOf(store, ALICE, 'media', 'slow')).toBe('first half, second half');
    });

    test('what is missing and what is misnamed is said as such', async () => {
      expect(await store.read(ALICE, 'media', 'nothing')).toEqual({ kind: 'no-such-key' });
      expect(await store.read(ALICE, 'nowhere', 'a')).toEqual({ kind: 'no-such-bucket' });
      expect(await store.put(ALICE, 'nowhere', 'a', bodyOf('x'))).toEqual({ kind: 'no-such-bucket' });
      for (const bucket of ['', 'ab', 'Media', 'a_b_c', '-abc', 'abc-', '../media', 'a'.repeat(64)]) {
        expect(await store.createBucket(ALICE, bucket)).toMatchObject({ kind: 'invalid-name' });
        expect(await store.read(ALICE, bucket, 'a')).toMatchObject({ kind: 'invalid-name' });
      }
      for (const key of ['', '/a', '\\a', 'a\ud800', 'é'.repeat(512)]) {
        expect(await store.put(ALICE, 'media', key, bodyOf('x'))).toMatchObject({ kind: 'invalid-name' });
        expect(await store.head(ALICE, 'media', key)).toMatchObject({ kind: 'invalid-name' });
      }
    });

    test('keys that look alike, contain one another or look like paths are all kept apart', async () => {
      const keys = [
        ...[
          'a',
          'a/',
          'a/b',
          'a/b/c',
          'A',
          'a//b',
          'a/./b',
          'a/../b',
          '..',
          '../media/a',
          '.',
          './a',
          'a/.',
          '%2E%2E',
        ],
        ...[
          '%bucket.json',
          '%tmp/x',
          '%meta',
          '%aside/x',
          '%',
          '%25',
          'a%2Fb',
          'a\\b',
          'a\0b',
          'a\nb',
          'con',
          ' a ',
          'a.',
        ],
        ...[
          '会议/录音.wav',
          'caf\u00e9',
          'cafe\u0301',
          '🎧.mp3',
          'x'.repeat(400),
          `${'x'.repeat(399)}y`,
          'é'.repeat(511),
        ],
        ...['\x01/'.repeat(500), 'z/'.repeat(511), `${'q'.repeat(300)}/${'r'.repeat(300)}`],
      ];
      for (const key of keys) {
        expect(await store.put(ALICE, 'media', key, bodyOf(`<${key}>`)), key).toMatchObject({ kind: 'stored' });
      }
      for (const key of keys) expect(await contentOf(store, ALICE, 'media', key), key).toBe(`<${key}>`);
      for (const key of keys) await store.put(ALICE, 'media', key, bodyOf(`again ${key}`));
      for (const key of keys) expect(await contentOf(store, ALICE, 'media', key), key).toBe(`again ${key}`);
    });

    removalContract(() => store);

    test('an object is copied into a file of its own', async () => {
      await store.put(ALICE, 'media', 'a', bodyOf('content'));
      const path = join(scratch, 'copy');
      expect(await store.fetchTo(ALICE, 'media', 'a', path)).toEqual({ kind: 'fetched', bytes: 7 });
      await store.put(ALICE, 'media', 'a', bodyOf('changed'));
      expect(await readFile(path, 'utf8')).toBe('content');
    });

    test('no file is left where an object is missing, too large, or no longer wanted', async () => {
      await store.put(ALICE, 'media', 'a', bodyOf('content'));
      const path = join(scratch, 'copy');
      expect(await store.fetchTo(ALICE, 'media', 'b', path)).toEqual({ kind: 'no-such-key' });
      expect(await store.fetchTo(ALICE, 'media', 'a', path, { maxBytes: 6 })).toEqual({
        kind: 'too-large',
        bytes: 7,
      });
      const signal = AbortSignal.abort(new Error('canceled'));
      await expect(store.fetchTo(ALICE, 'media', 'a', path, { signal })).rejects.toThrow('canceled');
      expect(await readdir(scratch)).toEqual([]);
    });
  });
}
