import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { downloadFile, type Download, type DownloadOutcome } from './download-file.ts';
import { startReleases, type TestFile, type TestReleases } from './test-releases.ts';

const CONTENT = createHash('shake256', { outputLength: 300_000 }).update('a model').digest();
const OTHER = createHash('shake256', { outputLength: 300_000 }).update('another').digest();

let folder: string;
let releases: TestReleases;
let elsewhere: TestReleases | undefined;
let pauses: number[];
let retries: [reason: string, pause: number][];
let progress: [received: number, total: number | undefined][];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-download-'));
  releases = await startReleases();
  pauses = [];
  retries = [];
  progress = [];
});
afterEach(async () => {
  await releases.stop();
  await elsewhere?.stop();
  elsewhere = undefined;
  await rm(folder, { recursive: true });
});

const path = (): string => join(folder, '.downloads', 'm.tar.bz2');

function serve(file: Partial<TestFile> = {}): void {
  releases.files.set('asr-models/m.tar.bz2', { content: CONTENT, ...file });
}

function get(options: Partial<Download> = {}): Promise<DownloadOutcome> {
  return downloadFile({
    url: `${releases.base}/asr-models/m.tar.bz2`,
    path: path(),
    expectedBytes: CONTENT.length,
    signal: new AbortController().signal,
    sleep: async (milliseconds) => void pauses.push(milliseconds),
    onProgress: (received, total) => {
      progress.push([received, total]);
      releases.received(received);
      elsewhere?.received(received);
    },
    onRetry: (reason, pause) => retries.push([reason, pause]),
    ...options,
  });
}

const ranges = (): (string | undefined)[] => releases.requests.map(({ headers }) => headers.range);
const whole = { kind: 'downloaded', bytes: CONTENT.length };

describe('a download', () => {
  test('brings the whole file and nothing beside it, and says how far it is', async () => {
    serve();
    expect(await get()).toEqual(whole);
    expect(readFileSync(path()).equals(CONTENT)).toBe(true);
    expect(readdirSync(join(folder, '.downloads'))).toEqual(['m.tar.bz2']);
    expect(progress[0]).toEqual([0, CONTENT.length]);
    expect(progress.at(-1)).toEqual([CONTENT.length, CONTENT.length]);
  });

  test('goes on where its connections break', async () => {
    serve({ cutsAfter: [100_000, 50_000, 1] });
    expect(await get()).toEqual(whole);
    expect(readFileSync(path()).equals(CONTENT)).toBe(true);
    expect(ranges()).toEqual([undefined, 'bytes=100000-', 'bytes=150000-', 'bytes=150001-']);
    // Each attempt brought something, so none counts as a failure in a row.
    expect(pauses).toEqual([1000, 1000, 1000]);
  });

  test('gives up after five attempts that bring nothing, and goes on at the next call', async () => {
    serve({ cutsAfter: [100_000, 0, 0, 0, 0] });
    const outcome = await get();
    expect(outcome).toMatchObject({ kind: 'unreachable', received: 100_000 });
    expect(pauses).toEqual([1000, 2000, 4000, 8000]);
    expect(existsSync(path())).toBe(false);
    expect(await get()).toEqual(whole);
    expect(ranges().at(-1)).toBe('bytes=100000-');
    expect(readFileSync(path()).equals(CONTENT)).toBe(true);
  });

  test('begins again where the server has another version by now', async () => {
    serve({ cutsAfter: [100_000, 0, 0, 0, 0] });
    await get();
    serve({ content: OTHER });
    expect(await get()).toEqual(whole);
    expect(releases.requests.at(-1)?.headers).toMatchObject({ range: 'bytes=100000-' });
    expect(readFileSync(path()).equals(OTHER)).toBe(true);
  });

  test('begins again where the server knows no ranges', async () => {
    serve({ ranges: false, cutsAfter: [100_000] });
    expect(await get()).toEqual(whole);
    expect(readFileSync(path()).equals(CONTENT)).toBe(true);
  });

  test.each([
    ['no', ''],
    ['a weak', 'W/"1"'],
  ])('does not go on with %s ETag, which would not tell another version', async (_what, etag) => {
    serve({ etag, cutsAfter: [100_000] });
    expect(await get()).toEqual(whole);
    expect(ranges()).toEqual([undefined, undefined]);
    expect(readFileSync(path()).equals(CONTENT)).toBe(true);
  });

  test('that was complete but for its renaming is not made again', async () => {
    serve({ cutsAfter: [100_000, 0, 0, 0, 0] });
    await get();
    await writeFile(`${path()}.part`, CONTENT);
    expect(await get()).toEqual(whole);
    expect(readFileSync(path()).equals(CONTENT)).toBe(true);
    expect(await get()).toEqual(whole);
    expect(releases.requests).toHaveLength(6);
  });

  test('with a part that is longer than the file begins again', async () => {
    serve({ cutsAfter: [100_000, 0, 0, 0, 0] });
    await get();
    await writeFile(`${path()}.part`, Buffer.alloc(CONTENT.length + 1));
    expect(await get()).toEqual(whole);
    expect(readFileSync(path()).equals(CONTENT)).toBe(true);
  });

  test('waits for a server that is busy for a while', async () => {
    serve({ statuses: [503, 429, 500] });
    expect(await get()).toEqual(whole);
    expect(pauses).toEqual([1000, 2000, 4000]);
    const { host } = new URL(releases.base);
    expect(retries[1]).toEqual([`${host}: it answered with status 429`, 2000]);
  });

  test('of unknown size takes what comes', async () => {
    serve({ chunked: true });
    expect(await get({ expectedBytes: undefined })).toEqual(whole);
    expect(progress.at(-1)).toEqual([CONTENT.length, undefined]);
  });
});

describe('what is not the file', () => {
  test('by its announced size is not even fetched', async () => {
    serve({ content: CONTENT.subarray(5) });
    const outcome = await get();
    expect(outcome).toEqual({ kind: 'wrong-size', expected: CONTENT.length, found: CONTENT.length - 5 });
    expect(progress).toEqual([]);
  });

  test.each([
    ['more', Buffer.concat([CONTENT, Buffer.alloc(1)])],
    ['less', CONTENT.subarray(1)],
  ])('because %s comes than the catalog says is not kept', async (_what, content) => {
    serve({ content, chunked: true });
    expect(await get()).toEqual({ kind: 'wrong-size', expected: CONTENT.length, found: content.length });
    expect(readdirSync(join(folder, '.downloads'))).toEqual([]);
  });

  test('a server that never stops is stopped', async () => {
    serve({ content: Buffer.alloc(5_000_000), chunked: true });
    expect(await get({ expectedBytes: 1000 })).toMatchObject({ kind: 'wrong-size', expected: 1000 });
    expect(progress.at(-1)?.[0]).toBeLessThan(1_000_000);
  });

  test.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [403, 'refused'],
  ])('status %d is final', async (status, kind) => {
    serve({ statuses: [status] });
    expect(await get()).toMatchObject({ kind, host: new URL(releases.base).host });
    expect(pauses).toEqual([]);
  });

  test('nobody who listens is told with the host', async () => {
    const port = new URL(releases.base).port;
    await releases.stop();
    expect(await get()).toMatchObject({ kind: 'unreachable', host: `127.0.0.1:${port}`, received: 0 });
    releases = await startReleases();
  });
});

describe('redirects', () => {
  test('are followed to another host, with the password left behind', async () => {
    const other = await startReleases();
    elsewhere = other;
    serve({ redirectTo: `${other.base}/blob?signature=s` });
    other.files.set('blob?signature=s', { content: CONTENT, cutsAfter: [1000] });
    const url = `http://user:p%40ss@${new URL(releases.base).host}/asr-models/m.tar.bz2`;
    expect(await get({ url })).toEqual(whole);
    expect(releases.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 2 }, () => `Basic ${Buffer.from('user:p@ss').toString('base64')}`),
    );
    expect(other.requests.map(({ headers }) => [headers.authorization, headers.range])).toEqual([
      [undefined, undefined],
      [undefined, 'bytes=1000-'],
    ]);
  });

  test('without end are given up', async () => {
    serve({ redirectTo: '/asr-models/m.tar.bz2' });
    const outcome = await get();
    expect(outcome).toMatchObject({ kind: 'unreachable', reason: 'it redirects more than 5 times' });
  });

  test('to something else than HTTP are not followed', async () => {
    serve({ redirectTo: 'file:///etc/passwd' });
    expect(await get()).toMatchObject({ kind: 'unreachable', reason: 'it redirects to an invalid URL' });
  });
});
