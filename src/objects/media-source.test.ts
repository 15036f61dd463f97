import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ALICE, BOB, bodyOf } from './contract/object-store-contract.ts';
import { openFolderStore } from './folder-store.ts';
import type { FetchOutcome } from './guarded-fetch.ts';
import { createMediaSource, type MediaSource } from './media-source.ts';

let root: string;
let path: string;
let media: MediaSource;
let asked: string[];
let answer: FetchOutcome;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'media-source-'));
  path = join(root, 'input');
  asked = [];
  const store = await openFolderStore(join(root, 'objects'));
  await store.createBucket(ALICE, 'media');
  await store.put(ALICE, 'media', 'talks/a b.wav', bodyOf('sound'));
  media = createMediaSource({
    store,
    fetchUrl: async (url) => {
      asked.push(url);
      return answer;
    },
    ownUrls: () => ['http://127.0.0.1:7789'],
  });
});

afterEach(() => rm(root, { recursive: true }));

const fetch = (input: string, account = ALICE) => media.fetch(account, input, path, { maxBytes: 5 });

test.each([
  'oss://media/talks/a b.wav',
  'oss://media.oss-cn-shanghai.aliyuncs.com/talks/a%20b.wav',
  'https://media.oss-cn-shanghai.aliyuncs.com/talks/a%20b.wav?Signature=x',
  'http://127.0.0.1:7789/media/talks/a%20b.wav',
])('brings the object that %s names', async (input) => {
  const at = { kind: 'object', bucket: 'media', key: 'talks/a b.wav' };
  expect(await fetch(input)).toEqual({ kind: 'fetched', path, bytes: 5, at });
  expect(await readFile(path, 'utf8')).toBe('sound');
  expect(asked).toEqual([]);
});

test('a missing key, a missing bucket and the bucket of another account are not found', async () => {
  expect(await fetch('oss://media/b')).toEqual({
    kind: 'not-found',
    message: 'There is no object "b" in the bucket "media".',
  });
  const missing = await fetch('oss://elsewhere/b');
  const foreign = await fetch('oss://media/talks/a b.wav', BOB);
  expect(missing).toEqual({ kind: 'not-found', message: 'There is no bucket "elsewhere" in this account.' });
  expect(foreign).toEqual({ kind: 'not-found', message: 'There is no bucket "media" in this account.' });
  expect(await readdir(root)).toEqual(['objects']);
});

test('an object over the limit is too large', async () => {
  expect(await media.fetch(ALICE, 'oss://media/talks/a b.wav', path, { maxBytes: 4 })).toEqual({
    kind: 'too-large',
    message: 'oss://media/talks/a b.wav is larger than the limit of 4 bytes.',
  });
});

test('what is no address is invalid, with the reason', async () => {
  expect(await fetch('/etc/passwd')).toMatchObject({ kind: 'invalid', message: expect.stringContaining('oss://') });
});

test.each([
  [
    { kind: 'fetched', bytes: 3, contentType: 'audio/wav', url: 'https://cdn.example/b.wav' },
    { kind: 'fetched', bytes: 3, at: { kind: 'url', url: 'https://cdn.example/b.wav' } },
  ],
  [
    { kind: 'refused', reason: 'Because.' },
    { kind: 'refused', message: 'Because.' },
  ],
  [
    { kind: 'failed', reason: 'Because.' },
    { kind: 'failed', message: 'Because.' },
  ],
  [
    { kind: 'failed', reason: 'Because.', status: 503 },
    { kind: 'failed', message: 'Because.' },
  ],
  [{ kind: 'failed', reason: 'Because.', status: 404 }, { kind: 'not-found' }],
  [{ kind: 'failed', reason: 'Because.', status: 410 }, { kind: 'not-found' }],
  [{ kind: 'too-large' }, { kind: 'too-large' }],
] as const)('a URL whose fetch comes to %j', async (outcome, expected) => {
  answer = outcome;
  const result = await fetch('https://example.com/a.wav?token=secret');
  expect(result).toMatchObject(expected);
  expect(JSON.stringify(result)).not.toContain('secret');
  expect(asked).toEqual(['https://example.com/a.wav?token=secret']);
});
