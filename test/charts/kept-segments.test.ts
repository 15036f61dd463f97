import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderChart, type ChartOutcome, type SegmentStore } from '../../src/engines/chart/render-chart.ts';
import { sampleChart } from './sample-charts.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'chart-kept-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const REQUEST = sampleChart('Pie', 'Lively', { width: 320, height: 240, duration: 10_000, frameRate: 25 });
/** Of two seconds each. */
const SEGMENTS = 5;

/** @param fault thrown where a segment with this number is to be kept */
async function store(fault?: { at: number; error: Error }): Promise<SegmentStore & { kept: number[] }> {
  const place = await mkdtemp(join(folder, 'store-'));
  const kept: number[] = [];
  const pathOf = (index: number): string => join(place, String(index));
  return {
    kept,
    fetch: async ({ index, video }) => {
      if (!kept.includes(index)) return false;
      await copyFile(pathOf(index), video);
      return true;
    },
    keep: async ({ index, video }) => {
      if (index === fault?.at) throw fault.error;
      await copyFile(video, pathOf(index));
      kept.push(index);
    },
  };
}

async function render(kept: SegmentStore, lanes = 1, onProgress = (_part: number): void => undefined) {
  const scratch = await mkdtemp(join(folder, 'video-'));
  const asked = { request: REQUEST, bitrate: 400, poster: true, gif: false, lanes, segmentSeconds: 2 };
  const { signal } = new AbortController();
  const outcome = renderChart({ ...asked, kept, scratch, signal, onProgress, hashEvery: 25 }, {});
  return { scratch, outcome };
}

async function rendered(kept: SegmentStore, lanes = 1, onProgress = (_part: number): void => undefined) {
  const outcome: ChartOutcome = await (await render(kept, lanes, onProgress)).outcome;
  expect(outcome).toMatchObject({ kind: 'rendered', frames: 250 });
  return outcome as Extract<ChartOutcome, { kind: 'rendered' }>;
}

function framesOf(video: string): string {
  const args = ['-v', 'error', '-i', video, '-f', 'framemd5', '-'];
  return execFileSync('ffmpeg', args).toString();
}

test('segments are kept in their order, whichever process draws them', async () => {
  const keep = await store();
  await rendered(keep, 2);
  expect(keep.kept).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a later run draws what is missing and nothing else, and makes the same video', async () => {
  const full = await store();
  const whole = await rendered(full);
  expect(whole).toMatchObject({ keptFrames: 0, hashes: { length: 10 } });
  full.kept.splice(3, 1);
  full.kept.splice(0, 1);
  const told: number[] = [];
  const again = await rendered(full, 1, (part) => told.push(part));
  expect(again.keptFrames).toBe(150);
  expect(again.hashes).toEqual([0, 1, 6, 7].map((second) => whole.hashes[second]));
  expect(told[0]).toBeGreaterThan(0.55);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(full.kept.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  expect(framesOf(again.video)).toBe(framesOf(whole.video));
});

test('where all segments are there, the poster is drawn all the same', async () => {
  const full = await store();
  const whole = await rendered(full);
  const again = await rendered(full);
  expect(again).toMatchObject({ keptFrames: 250, hashes: [] });
  const look = (path: string | undefined): string => framesOf(path ?? '');
  expect(look(again.poster)).toBe(look(whole.poster));
  expect(framesOf(again.video)).toBe(framesOf(whole.video));
});

test('a store that breaks ends the drawing, and what it threw comes out', async () => {
  const { scratch, outcome } = await render(await store({ at: 1, error: new Error('the lease is gone') }), 2);
  await expect(outcome).rejects.toThrow('the lease is gone');
  expect(execFileSync('ps', ['-eo', 'args']).toString()).not.toContain(scratch);
  expect((await readdir(scratch)).filter((name) => name.endsWith('.mp4')).length).toBeLessThan(SEGMENTS);
});
