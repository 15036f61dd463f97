import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkVideo, type ExpectedVideo } from './check-video.ts';
import type { ComposeOutcome, ComposeRequest, FrameSize } from './compose-request.ts';
import { composeVideo } from './compose-video.ts';
import { drawSubtitles } from './draw-subtitles.ts';
import { probeVideo, type ProbedVideo } from './probe-video.ts';
import type { SubtitleStyle } from './subtitle-style.ts';

let folder = '';
const signal = new AbortController().signal;
const file = (name: string): string => join(folder, name);
const size = { width: 320, height: 180 };

function ffmpeg(...args: string[]): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { cwd: folder, maxBuffer: 1e8 });
}

const input = (source: string): string[] => ['-f', 'lavfi', '-i', source];
const grey = (seconds: number, rate = '25'): string[] => input(`color=gray:s=320x180:r=${rate}:d=${seconds}`);
const tone = (seconds: number): string[] => input(`sine=440:d=${seconds}`);
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compose-'));
  ffmpeg(...grey(3), ...tone(3), ...h264, '-c:a', 'aac', 'plain.mp4');
  ffmpeg(...input('anoisesrc=d=5:r=22050:a=0.5'), 'dub.wav');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function probed(name: string): Promise<ProbedVideo> {
  const outcome = await probeVideo(file(name), {}, { scratch: folder, signal });
  if (outcome.kind !== 'probed') throw new Error(outcome.kind);
  return outcome.probed;
}

async function compose(name: string, more: Partial<ComposeRequest> = {}): Promise<ComposeOutcome> {
  const request = {
    path: file(name),
    probed: await probed(name),
    outPath: file('out.mp4'),
    scratch: folder,
    signal,
  };
  return await composeVideo({ ...request, ...more }, {});
}

async function drawn(
  texts: string[],
  style: SubtitleStyle = {},
  frame: FrameSize = size,
): Promise<string | undefined> {
  const drawing = {
    lines: [{ from: 1, to: 2, texts }],
    languages: [],
    style,
    size: frame,
    scratch: folder,
    signal,
  };
  return await drawSubtitles('drawn.ass', drawing);
}

/** The grey picture of a moment. */
function picture(seconds: number, name = 'out.mp4'): Buffer {
  return ffmpeg(
    '-ss',
    String(seconds),
    '-i',
    name,
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'gray',
    'pipe:1',
  );
}

/** Of one ear, 8000 a second. */
function samples(name: string): number[] {
  const filters = ['-af', 'aresample=async=1:first_pts=0', '-ar', '8000', '-ac', '1'];
  const pcm = ffmpeg('-i', name, ...filters, '-f', 's16le', 'pipe:1');
  return Array.from({ length: pcm.length / 2 }, (_, at) => pcm.readInt16LE(2 * at));
}

/** Rows of the picture, from 0 to 1, in which there is something that is not grey. */
function rowsDrawn(
  grey8: Buffer,
  { width, height }: FrameSize = size,
): { top: number; bottom: number } | undefined {
  const rows = Array.from({ length: height }, (_, row) => grey8.subarray(row * width, (row + 1) * width));
  const marked = rows.flatMap((row, at) => (row.some((value) => Math.abs(value - 126) > 60) ? [at / height] : []));
  return marked.length === 0 ? undefined : { top: marked[0] ?? 0, bottom: marked.at(-1) ?? 0 };
}

const times = (name: string): number[] =>
  execFileSync(
    'ffprobe',
    ['-v', 'error', '-select_streams', 'v', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0', name],
    { cwd: folder },
  )
    .toString()
    .trim()
    .split('\n')
    .map(Number.parseFloat)
    .filter((time) => !Number.isNaN(time));

function expectations(more: Partial<ExpectedVideo> = {}): ExpectedVideo {
  return { seconds: 3, frameRate: { frames: 25, seconds: 1 }, size, hasAudio: true, ...more };
}

const check = async (expected: ExpectedVideo, name = 'out.mp4'): Promise<string | undefined> =>
  await checkVideo(file(name), expected, {}, { scratch: folder, signal });

describe('subtitles in the picture', () => {
  test('are seen while they stand, at the bottom, and not before or behind', async () => {
    expect(await compose('plain.mp4', { ass: await drawn(['Hello world']) })).toEqual({
      ...{ kind: 'composed', copied: false, undrawn: [] },
    });
    expect(rowsDrawn(picture(0.9))).toBeUndefined();
    expect(rowsDrawn(picture(2.1))).toBeUndefined();
    const { top = 0, bottom = 0 } = rowsDrawn(picture(1.5)) ?? {};
    expect(top).toBeGreaterThan(0.8);
    expect(bottom).toBeLessThan(0.99);
    expect(await check(expectations())).toBeUndefined();
  });

  test('stand where the style has them', async () => {
    await compose('plain.mp4', { ass: await drawn(['Hello'], { x: 0.5, y: 0.2, fontSize: 24 }) });
    const { top = 0, bottom = 1 } = rowsDrawn(picture(1.5)) ?? {};
    expect((top + bottom) / 2).toBeCloseTo(0.2, 1);
    expect(bottom - top).toBeLessThan(0.2);
  });

  test('are hidden by a size of 0, and the pictures are copied', async () => {
    const ass = await drawn(['Hello'], { fontSize: 0 });
    expect(ass).toBeUndefined();
    expect(await compose('plain.mp4', {})).toMatchObject({ copied: true });
  });

  test('in Chinese, Korean and Arabic are drawn by fonts that have them', async () => {
    const ass = await drawn(['中文 日本語 한국어', 'مرحبا ñ Здравствуйте']);
    expect(await compose('plain.mp4', { ass })).toMatchObject({ kind: 'composed', undrawn: [] });
  });

  test('characters that no font has are told', async () => {
    const ass = await drawn(['a \u{1234a} b']);
    expect(await compose('plain.mp4', { ass })).toMatchObject({ kind: 'composed', undrawn: ['\u{1234a}'] });
  });
});

describe('sound', () => {
  test('is replaced, and ends with the source', async () => {
    expect(await compose('plain.mp4', { audio: file('dub.wav') })).toMatchObject({ copied: true });
    expect(await check(expectations())).toBeUndefined();
    expect((await probed('out.mp4')).audio).toMatchObject({ codec: 'aac', sampleRate: 48_000 });
  });

  test('that is too short goes on in silence', async () => {
    ffmpeg(...input('anoisesrc=d=1:r=22050:a=0.5'), 'short.wav');
    await compose('plain.mp4', { audio: file('short.wav') });
    const made = samples('out.mp4');
    const loudest = (from: number): number =>
      Math.max(...made.slice(from * 8000, (from + 0.5) * 8000).map(Math.abs));
    expect(loudest(0.2)).toBeGreaterThan(3000);
    expect(loudest(2)).toBeLessThan(300);
    expect(await check(expectations())).toBeUndefined();
  });

  test('that other containers have becomes AAC, and stays in its place', async () => {
    ffmpeg(...grey(3), '-itsoffset', '0.5', ...tone(2), '-c:v', 'libvpx', '-c:a', 'libopus', 'late.webm');
    expect(await compose('late.webm')).toMatchObject({ copied: false });
    const loudAt = samples('out.mp4').findIndex((sample) => Math.abs(sample) > 500);
    expect(Math.abs(loudAt / 8000 - 0.5)).toBeLessThan(0.05);
  });

  test('of one ear is as loud as it was', async () => {
    ffmpeg(...grey(2), ...tone(2), '-c:v', 'libvpx', '-c:a', 'libopus', 'mono.webm');
    await compose('mono.webm');
    const power = (name: string): number => samples(name).reduce((sum, sample) => sum + sample ** 2, 0);
    expect(10 * Math.log10(power('out.mp4') / power('mono.webm'))).toBeCloseTo(0, 0);
  });
});

describe('frames', () => {
  test('that come unevenly keep their times', async () => {
    const uneven = ['-vf', "select='not(between(n,20,50))*not(eq(mod(n,7),3))'", '-vsync', 'vfr'];
    ffmpeg(...input('testsrc2=s=320x180:r=30:d=3'), ...uneven, ...h264, 'uneven.mp4');
    expect(await compose('uneven.mp4', { ass: await drawn(['Hello']) })).toMatchObject({ kind: 'composed' });
    const [source, made] = [times('uneven.mp4'), times('out.mp4')];
    expect(made).toHaveLength(source.length);
    for (const [at, time] of made.entries()) expect(Math.abs(time - (source[at] ?? 0))).toBeLessThan(0.002);
  });

  test('of 59.94 a second stay as many', async () => {
    ffmpeg(...grey(2, '60000/1001'), ...tone(2), ...h264, '-c:a', 'aac', 'fast.mp4');
    await compose('fast.mp4', { ass: await drawn(['Hello']), audio: file('dub.wav') });
    expect((await probed('out.mp4')).video).toMatchObject({
      frameRate: { frames: 60_000, seconds: 1001 },
      frames: 120,
    });
    const { seconds } = await probed('fast.mp4');
    expect(await check(expectations({ seconds, frameRate: { frames: 60_000, seconds: 1001 } }))).toBeUndefined();
  });

  test('that lie on their side are drawn on upright', async () => {
    ffmpeg('-i', 'plain.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=90', 'turned.mp4');
    const upright = { width: 180, height: 320 };
    await compose('turned.mp4', { ass: await drawn(['Hello'], { fontSize: 30 }, upright) });
    expect(await check(expectations({ size: upright }))).toBeUndefined();
    expect(rowsDrawn(picture(1.5), upright)?.top).toBeGreaterThan(0.8);
  });

  test('of another size keep their shape', async () => {
    const square = { width: 200, height: 200 };
    await compose('plain.mp4', { size: square });
    expect(await check(expectations({ size: square }))).toBeUndefined();
    const bars = picture(1);
    const at = (row: number): number => bars[row * 200 + 100] ?? 0;
    expect([at(10), at(100), at(190)].map((value) => value > 100)).toEqual([false, true, false]);
  });

  test('of odd sizes become even', async () => {
    ffmpeg(...grey(1), '-vf', 'format=yuv444p,scale=321:181', '-c:v', 'ffv1', 'odd.mkv');
    await compose('odd.mkv');
    expect((await probed('out.mp4')).video).toMatchObject({ width: 322, height: 182, pixelFormat: 'yuv420p' });
  });

  test('go through the filters that they are given first', async () => {
    await compose('plain.mp4', {
      filters: 'split[a][b];[b]crop=160:90:0:0,negate,lutyuv=y=255[c];[a][c]overlay=0:0',
    });
    const { top = 1, bottom = 0 } = rowsDrawn(picture(1)) ?? {};
    expect([top, bottom].map((row) => Math.round(row * 10))).toEqual([0, 5]);
  });
});

test('pixels that are wide do not move what filters paint, and the same request gives the same file', async () => {
  ffmpeg(...input('testsrc2=s=180x144:r=25:d=2,noise=alls=20:allf=t,setsar=16/11'), ...h264, 'wide.mp4');
  const filters = 'split[a][b];[b]crop=60:40:200:10,lutyuv=y=255:u=128:v=128[c];[a][c]overlay=200:10';
  const frame = { width: 262, height: 144 };
  const outputs = ['one.mp4', 'two.mp4', 'three.mp4', 'four.mp4'];
  const made = await Promise.all(
    outputs.map(async (name) => await compose('wide.mp4', { filters, size: frame, outPath: file(name) })),
  );
  expect(made.map(({ kind }) => kind)).toEqual(outputs.map(() => 'composed'));
  const white = picture(1, 'one.mp4');
  const at = (column: number, row: number): number => white[row * frame.width + column] ?? 0;
  expect([at(204, 14), at(256, 46)].every((value) => value > 245)).toBe(true);
  expect(new Set(outputs.map((name) => readFileSync(file(name)).toString('base64'))).size).toBe(1);
});

describe('the check', () => {
  test.each<[string, Partial<ExpectedVideo>, RegExp]>([
    ['a wrong length', { seconds: 3.1 }, /lasts 3 s, not 3.1/],
    ['a wrong size', { size: { width: 322, height: 180 } }, /320x180 pixels, not 322x180/],
    ['sound that should not be', { hasAudio: false }, /has sound/],
  ])('finds %s', async (_, wrong, fault) => {
    expect(await check(expectations(wrong), 'plain.mp4')).toMatch(fault);
  });

  test('finds an end that is missing', async () => {
    ffmpeg('-i', 'plain.mp4', '-c', 'copy', '-movflags', '+faststart', 'cut.mp4');
    expect(await check(expectations(), 'cut.mp4')).toBeUndefined();
    truncateSync(file('cut.mp4'), Math.round(statSync(file('cut.mp4')).size / 2));
    expect(await check(expectations(), 'cut.mp4')).toMatch(/end cannot be decoded/);
  });
});

test('progress grows to the end, and an abort throws its reason', async () => {
  const seen: number[] = [];
  await compose('plain.mp4', { size: { width: 640, height: 360 }, onProgress: (part) => seen.push(part) });
  expect(seen.at(-1)).toBe(1);
  expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  await expect(compose('plain.mp4', { signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
});

test('what is no video fails with a reason for the log', async () => {
  const path = file('dub.wav');
  const outcome = await composeVideo(
    { path, probed: await probed('plain.mp4'), outPath: file('no.mp4'), scratch: folder, signal },
    {},
  );
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('put together') });
  expect(JSON.stringify(outcome.kind === 'failed' && outcome.message)).not.toContain(folder);
});
