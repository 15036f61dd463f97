import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HlsBench } from './test-hls-bench.ts';
import { marksOf, media, SOURCE_SECONDS, TestPlaylists, type Marks } from './test-playlists.ts';

/** Seconds: of 25 frames a second. */
const FRAME = 0.04;

let folder: string;
let bench: HlsBench;
let playlists: TestPlaylists;
let source: Marks;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hls-made-'));
  playlists = new TestPlaylists(folder);
  source = marksOf(playlists.source);
  bench = await HlsBench.open();
}, 60_000);
afterAll(async () => {
  await bench.close();
  rmSync(folder, { recursive: true });
});

/** Once, or twice behind each other, to the frame; and each tone with its flash. */
function expectSource(found: Marks, times: 1 | 2 = 1): void {
  const again = (marks: readonly number[]) => [...marks, ...marks.map((time) => time + SOURCE_SECONDS)];
  const expected = times === 1 ? source.flashes : again(source.flashes);
  expect(found.flashes).toHaveLength(expected.length);
  expect(found.tones).toHaveLength(expected.length);
  const slack = times * FRAME;
  expect(Math.abs(found.seconds - times * SOURCE_SECONDS)).toBeLessThan(slack);
  for (const [index, time] of expected.entries()) {
    const [flash = 0, tone = 0] = [found.flashes[index], found.tones[index]];
    expect(Math.abs(flash - time)).toBeLessThan(slack);
    expect(Math.abs(tone - flash)).toBeLessThan(0.005);
  }
}

const FORMS = [
  ['MPEG-TS', () => playlists.ts(), 1],
  ['one fragmented MP4 by byte ranges', () => playlists.fragmented(), 1],
  ['AES-128 with the numbers of the segments', () => playlists.encrypted(), 1],
  ['AES-128 with an IV', () => playlists.encrypted('00112233445566778899aabbccddeeff'), 1],
  ['a master with sound apart', () => playlists.master(), 1],
  ['MPEG-TS with packed AAC beside it', () => playlists.packed(), 1],
  ['a discontinuity', () => playlists.broken(), 2],
] as const;

describe.each(FORMS)('a playlist of %s', (_form, make, times) => {
  test('becomes its recording, from objects and from the web', async () => {
    const name = make();
    await bench.publish(folder, playlists.files());
    const progress: number[] = [];
    const onProgress = (fraction: number): void => void progress.push(fraction);
    expect(await bench.fetch(`oss://films/hls/${name}`, { wanted: 'picture', onProgress })).toMatchObject({
      kind: 'fetched',
    });
    const fromObjects = marksOf(bench.path);
    expectSource(fromObjects, times);
    expect(progress.length).toBeGreaterThan(3);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(await bench.fetch(`${bench.url}/hls/${name}`, { wanted: 'picture' })).toMatchObject({ kind: 'fetched' });
    expect(marksOf(bench.path)).toEqual(fromObjects);
    expect(readdirSync(dirname(bench.path)).toSorted()).toEqual(['input', 'objects']);
  }, 120_000);
});

describe('of a playlist', () => {
  test('with pictures of several sizes the better one is fetched, and nothing of the other', async () => {
    const name = playlists.master();
    await bench.publish(folder, playlists.files());
    bench.asked.length = 0;
    await bench.fetch(`${bench.url}/hls/${name}`, { wanted: 'picture' });
    expect(bench.asked.filter((path) => path.includes('var-0'))).toEqual([]);
    expect(bench.asked.filter((path) => path.includes('var-1')).length).toBeGreaterThan(2);
  }, 60_000);

  test('where sound is wanted nothing else is fetched, and a byte range is no file of its own', async () => {
    const name = playlists.master();
    await bench.publish(folder, playlists.files());
    bench.asked.length = 0;
    expect(await bench.fetch(`${bench.url}/hls/${name}`, { wanted: 'sound' })).toMatchObject({ kind: 'fetched' });
    expect(bench.asked.filter((path) => path.includes('var-1') || path.includes('var-0'))).toEqual([]);
    expect(marksOf(bench.path)).toMatchObject({ flashes: [], tones: { length: 4 } });
    const single = playlists.fragmented();
    await bench.publish(folder, playlists.files());
    bench.asked.length = 0;
    await bench.fetch(`${bench.url}/hls/${single}`);
    expect(bench.asked).toHaveLength(2);
  }, 60_000);

  test('behind a redirect, addresses are relative to where it was found', async () => {
    const name = playlists.ts();
    await bench.publish(folder, playlists.files());
    bench.serve('/latest', `${bench.url}/hls/${name}`);
    expect(await bench.fetch(`${bench.url}/latest`)).toMatchObject({ kind: 'fetched' });
  }, 60_000);

  test('an object may name the web, and other objects of its bucket by their encoded names', async () => {
    playlists.ts();
    await bench.publish(folder, playlists.files());
    await bench.put('a folder/第一 1.ts', readFileSync(join(folder, 'ts-0.ts')));
    const lines = [
      '#EXTINF:2,',
      '../a%20folder/%E7%AC%AC%E4%B8%80 1.ts?Expires=1',
      '#EXTINF:2,',
      `${bench.url}/hls/ts-1.ts`,
    ];
    await bench.put('lists/mixed', media(...lines));
    expect(await bench.fetch('oss://films/lists/mixed')).toMatchObject({ kind: 'fetched' });
    expect(marksOf(bench.path).flashes).toHaveLength(2);
  }, 60_000);

  test('four segments are fetched at once, and stand in their order', async () => {
    playlists.ts();
    await bench.publish(folder, playlists.files());
    const segments = [0, 1, 2, 3].map((at) => `#EXTINF:2,\n${bench.url}/hls/ts-${at}.ts`);
    await bench.put('far.m3u8', media(...segments));
    bench.together = 4;
    expect(await bench.fetch('oss://films/far.m3u8')).toMatchObject({ kind: 'fetched' });
    bench.together = 1;
    expectSource(marksOf(bench.path));
  }, 60_000);

  test('a segment whose connection breaks is asked for three times', async () => {
    const name = playlists.ts();
    await bench.publish(folder, playlists.files());
    const path = '/hls/ts-1.ts';
    bench.breaks.set(path, 2);
    bench.asked.length = 0;
    expect(await bench.fetch(`${bench.url}/hls/${name}`)).toMatchObject({ kind: 'fetched' });
    expectSource(marksOf(bench.path));
    expect(bench.asked.filter((asked) => asked === path)).toHaveLength(3);
    bench.breaks.set(path, 3);
    expect(await bench.fetch(`${bench.url}/hls/${name}`)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('Segment 2') as string,
    });
    bench.breaks.clear();
  }, 60_000);

  test('a segment that does not come in time is told', async () => {
    await bench.put('slow.m3u8', media(`#EXTINF:2,\n${bench.url}/slow.ts`));
    bench.together = 100;
    const outcome = await bench.fetch('oss://films/slow.m3u8', { partTime: 0.2 });
    bench.together = 1;
    expect(outcome).toEqual({ kind: 'failed', message: expect.stringContaining('Segment 1 could not') as string });
  }, 60_000);

  test('nothing is left when it is aborted in the middle', async () => {
    const name = playlists.ts();
    await bench.publish(folder, playlists.files());
    const stop = new AbortController();
    const reason = new Error('canceled');
    const onProgress = (fraction: number): void => {
      if (fraction > 0.4) stop.abort(reason);
    };
    await expect(bench.fetch(`${bench.url}/hls/${name}`, { onProgress, signal: stop.signal })).rejects.toBe(reason);
    expect(existsSync(bench.path)).toBe(false);
    expect(readdirSync(dirname(bench.path))).toEqual(['objects']);
  }, 60_000);

  test('pictures that are coded by other settings behind a break are seen as well', async () => {
    playlists.ts();
    const other = playlists.otherwise();
    await bench.publish(folder, playlists.files());
    const list = media('#EXTINF:2,', 'ts-0.ts', '#EXT-X-DISCONTINUITY', '#EXTINF:2,', other);
    await bench.put('hls/settings', list);
    expect(await bench.fetch('oss://films/hls/settings')).toMatchObject({ kind: 'fetched' });
    const { flashes, tones } = marksOf(bench.path);
    expect(flashes).toHaveLength(2);
    expect((flashes[1] ?? 0) - (tones[1] ?? 0)).toBeCloseTo(0, 2);
    expect(Math.abs((flashes[1] ?? 0) - 3)).toBeLessThan(2 * FRAME);
  }, 60_000);

  test('without sound, pictures come where sound is wanted: the next step says what is missing', async () => {
    const name = playlists.mute();
    await bench.publish(folder, playlists.files());
    expect(await bench.fetch(`oss://films/hls/${name}`, { wanted: 'sound' })).toMatchObject({ kind: 'fetched' });
    expect(marksOf(bench.path)).toMatchObject({ flashes: { length: 4 }, tones: [] });
  }, 60_000);

  test('a run whose sound is coded otherwise is told by their segment', async () => {
    playlists.ts();
    const mono = playlists.mono();
    await bench.publish(folder, playlists.files());
    await bench.put(
      'hls/mixed',
      media('#EXTINF:2,', 'ts-0.ts', '#EXTINF:2,', 'ts-1.ts', '#EXT-X-DISCONTINUITY', '#EXTINF:2,', mono),
    );
    expect(await bench.fetch('oss://films/hls/mixed')).toEqual({
      kind: 'unreadable',
      message: expect.stringContaining('From segment 3 on') as string,
    });
  }, 60_000);
});
