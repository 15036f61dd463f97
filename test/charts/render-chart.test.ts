import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMp4 } from './read-mp4.ts';
import { sampleChart } from './sample-charts.ts';
import { renderChart, type ChartOutcome, type ChartVideo } from '../../src/engines/chart/render-chart.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'chart-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SMALL = { width: 320, height: 240, duration: 3000, frameRate: 25 } as const;

function render(changes: Partial<ChartVideo> = {}, tools = {}): Promise<ChartOutcome> {
  return renderChart(
    {
      request: sampleChart('Line', 'Normal', SMALL),
      bitrate: 400,
      scratch: mkdtempSync(join(folder, 'video-')),
      poster: true,
      gif: false,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...changes,
    },
    tools,
  );
}

type Rendered = Extract<ChartOutcome, { kind: 'rendered' }>;

function rendered(outcome: ChartOutcome): Rendered {
  expect(outcome).toMatchObject({ kind: 'rendered' });
  return outcome as Rendered;
}

function probe(path: string): Record<string, string> {
  const fields = 'stream=codec_name,pix_fmt,width,height,r_frame_rate,nb_frames:format=duration,bit_rate';
  const out = execFileSync('ffprobe', ['-v', 'error', '-show_entries', fields, '-of', 'default=nw=1', path]);
  return Object.fromEntries(
    out
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  );
}

describe('the video', () => {
  test.each([
    { width: 800, height: 680, frameRate: 30, duration: 4000, bitrate: 2000, lanes: 1 },
    { width: 640, height: 360, frameRate: 25, duration: 10_000, bitrate: 300, lanes: 2 },
    { width: 360, height: 641, frameRate: 60, duration: 2517, bitrate: 6000, lanes: 1 },
  ])('has the size, rate, length and bitrate asked for: %o', async ({ bitrate, lanes, ...changes }) => {
    const told: number[] = [];
    const request = sampleChart('Histogram', 'Lively', changes);
    const outcome = rendered(await render({ request, bitrate, lanes, onProgress: (part) => told.push(part) }));
    const found = probe(outcome.video);
    expect(found).toMatchObject({
      codec_name: 'h264',
      pix_fmt: 'yuv420p',
      width: String(changes.width),
      height: String(changes.height & ~1),
      r_frame_rate: `${changes.frameRate}/1`,
      nb_frames: String(outcome.frames),
    });
    const frame = 1 / changes.frameRate;
    expect(Math.abs(Number(found['duration']) - changes.duration / 1000)).toBeLessThanOrEqual(frame);
    expect(Math.abs(Number(found['bit_rate']) / 1000 / bitrate - 1)).toBeLessThan(0.15);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(probe(outcome.poster ?? '')).toMatchObject({ codec_name: 'png', width: String(changes.width) });
  });

  test('is decoded to the end, also across the joints of segments', async () => {
    const request = sampleChart('Pie', 'Green', { ...SMALL, duration: 10_000 });
    const { video, frames } = rendered(await render({ request, lanes: 2, segmentSeconds: 1 }));
    const args = ['-v', 'error', '-i', video, '-f', 'null', '-progress', 'pipe:1', '-'];
    const out = execFileSync('ffmpeg', args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
    expect(out.match(/^frame=(\d+)/gm)?.at(-1)).toBe(`frame=${frames}`);
  });

  test.each([
    { width: 1920, height: 1080, frameRate: 30, duration: 3000, bitrate: 4000, cut: {} },
    { width: 320, height: 240, frameRate: 25, duration: 12_000, bitrate: 800, cut: { segmentSeconds: 4 } },
  ])('is what a reader that knows no encoder finds in its tables: %o', async ({ bitrate, cut, ...changes }) => {
    const { width, height, frameRate, duration } = changes;
    const request = sampleChart('Line', 'Mystery', changes);
    const { video, frames } = rendered(await render({ request, bitrate, ...cut }));
    const mp4 = readMp4(readFileSync(video));
    expect(mp4).toMatchObject({ width, height, frames, chromaFormat: 1, frameLengths: [1 / frameRate] });
    expect(mp4.codec).toMatch(/^avc1\.(?:42|4d|64)/);
    expect(Math.abs(mp4.duration - duration / 1000)).toBeLessThanOrEqual(1 / frameRate);
    expect(Math.abs(mp4.bitrate / 1000 / bitrate - 1)).toBeLessThan(0.15);
    expect(mp4.keyFrames).toEqual(expect.arrayContaining([1, 1 + 2 * frameRate]));
  });

  test('a GIF comes beside it where asked for', async () => {
    const { gif, hashes } = rendered(await render({ gif: true }));
    expect(hashes).toEqual([]);
    expect(readFileSync(gif ?? '').toString('latin1', 0, 6)).toBe('GIF89a');
    expect(statSync(gif ?? '').size).toBeGreaterThan(1000);
  });
});

test('one process or several, in one segment or many, draw the same frames', async () => {
  const request = sampleChart('BarRace', 'Business', { ...SMALL, duration: 10_000 });
  const hashes: (readonly string[])[] = [];
  for (const cut of [{}, {}, { lanes: 2 }, { segmentSeconds: 3 }, { lanes: 2, segmentSeconds: 1.3 }]) {
    hashes.push(rendered(await render({ request, ...cut, hashEvery: 5 })).hashes);
  }
  expect(hashes[0]).toHaveLength(50);
  expect(new Set(hashes[0]).size).toBeGreaterThan(30);
  for (const other of hashes.slice(1)) expect(other).toEqual(hashes[0]);
}, 60_000);

describe('what goes wrong', () => {
  test('a missing ffmpeg is named with its remedy', async () => {
    const outcome = await render({}, { ffmpegPath: '/nowhere/ffmpeg' });
    expect(outcome).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('FFMPEG_PATH') as string,
    });
  });

  test('an ffmpeg that fails is told, not waited for', async () => {
    const outcome = await render({}, { ffmpegPath: '/bin/false' });
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('encoder') as string });
  });

  test('what the encoder says is told without our folders', async () => {
    const ffmpeg = join(folder, 'loud-ffmpeg');
    const last = '"$(for one in "$@"; do :; done; echo "$one")"';
    writeFileSync(ffmpeg, `#!/bin/sh\necho "No space left on" ${last} >&2\nexit 1\n`, { mode: 0o755 });
    const outcome = await render({}, { ffmpegPath: ffmpeg });
    expect(outcome).toMatchObject({
      reason: expect.stringContaining('No space left on file:segment-0.mp4') as string,
    });
    expect(JSON.stringify(outcome)).not.toContain(folder);
  });

  test.each([
    ['text', Buffer.from('no image at all')],
    ['nothing', Buffer.alloc(0)],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['half a PNG', Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\u007f\0\0\0', 'latin1')],
  ])('a background that is %s is refused', async (_what, content) => {
    const imagePath = join(folder, 'background');
    writeFileSync(imagePath, content);
    const outcome = await render({
      request: sampleChart('Line', 'Normal', { ...SMALL, background: { imagePath } }),
    });
    expect(outcome).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('ackground') as string });
    expect(JSON.stringify(outcome)).not.toContain(folder);
  });

  test('an abort throws its reason and leaves no process', async () => {
    const controller = new AbortController();
    const scratch = mkdtempSync(join(folder, 'ended-'));
    const request = sampleChart('Line', 'Normal', { duration: 60_000 });
    const running = render({
      request,
      scratch,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('gone')),
    });
    await expect(running).rejects.toThrow('gone');
    const processes = execFileSync('ps', ['-eo', 'args']).toString();
    expect(processes).not.toContain(scratch);
  });
});

test('a background picture is drawn', async () => {
  const imagePath = join(folder, 'red.png');
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    'color=red:s=64x64:d=1',
    '-frames:v',
    '1',
    imagePath,
  ]);
  const plain = rendered(await render({ hashEvery: 74 }));
  const pictured = rendered(
    await render({
      hashEvery: 74,
      request: sampleChart('Line', 'Normal', { ...SMALL, background: { imagePath } }),
    }),
  );
  expect(pictured.hashes).not.toEqual(plain.hashes);
});
