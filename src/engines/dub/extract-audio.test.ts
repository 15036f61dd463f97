import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extractAudio, type ExtractOutcome } from './extract-audio.ts';
import { framesOf, readStereoWav } from './stereo-wav.ts';

let folder = '';
const file = (name: string): string => join(folder, name);

function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { cwd: folder });
}

const PICTURE = ['-f', 'lavfi', '-i', 'color=black:s=64x64:r=25:d=6'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extract-audio-'));
  const tone = (hertz: number): string => `0.5*sin(2*PI*${hertz}*t)`;
  ffmpeg('-f', 'lavfi', '-i', `aevalsrc=${tone(440)}|${tone(880)}:s=44100:d=4`, 'stereo.wav');
  ffmpeg('-f', 'lavfi', '-i', `aevalsrc=${tone(440)}:s=22050:d=4`, 'mono.wav');
  ffmpeg(...PICTURE, '-itsoffset', '1.5', '-i', 'stereo.wav', '-c:a', 'aac', '-b:a', '256k', 'late.mp4');
  ffmpeg('-f', 'lavfi', '-i', `aevalsrc=${[0, 0, 440, 0, 0, 0].map(tone).join('|')}:c=5.1:s=48000:d=2`, 'six.wav');
  ffmpeg(...PICTURE, 'silent.mp4');
  await writeFile(file('text.mp4'), 'no recording');
});
afterAll(async () => await rm(folder, { recursive: true }));

const progress: number[] = [];

async function extract(
  name: string,
  totalSeconds: number,
  signal = new AbortController().signal,
): Promise<ExtractOutcome> {
  const onProgress = (fraction: number): number => progress.push(fraction);
  return await extractAudio(
    { path: file(name), wavPath: file('out.wav'), totalSeconds, scratch: folder, signal, onProgress },
    {},
  );
}

/** Of one ear. */
async function channel(which: 0 | 1): Promise<Int16Array> {
  const bytes = (await readFile(file('out.wav'))).subarray((await readStereoWav(file('out.wav')))?.offset);
  return Int16Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readInt16LE(4 * at + 2 * which));
}

function rms(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** How often a tone of so many hertz goes up through zero in a second. */
function rises(samples: Int16Array): number {
  return samples.filter((sample, at) => at > 0 && sample >= 0 && (samples[at - 1] ?? 0) < 0).length;
}

test('both ears are kept, and the length is exact to the sample: what is missing is silence', async () => {
  expect(await extract('stereo.wav', 5.00003)).toEqual({ kind: 'extracted' });
  const [left, right] = [await channel(0), await channel(1)];
  expect([left.length, right.length]).toEqual([framesOf(5.00003), 240_001]);
  expect(rises(left.subarray(48_000, 96_000))).toBeCloseTo(440, -1);
  expect(rises(right.subarray(48_000, 96_000))).toBeCloseTo(880, -1);
  expect(rms(left.subarray(4.01 * 48_000))).toBe(0);
  expect(progress.at(-1)).toBeGreaterThan(0.5);
});

test('what is longer is cut', async () => {
  expect(await extract('stereo.wav', 1.5)).toEqual({ kind: 'extracted' });
  expect((await readStereoWav(file('out.wav')))?.frames).toBe(72_000);
});

test('a track that begins late keeps its place in time', async () => {
  expect(await extract('late.mp4', 6)).toEqual({ kind: 'extracted' });
  const left = await channel(0);
  const first = left.findIndex((sample) => Math.abs(sample) > 4000);
  expect(Math.abs(first / 48_000 - 1.5)).toBeLessThan(0.03);
  expect(left).toHaveLength(288_000);
});

test('one ear becomes two, as loud as it was', async () => {
  expect(await extract('mono.wav', 4)).toEqual({ kind: 'extracted' });
  const [left, right] = [await channel(0), await channel(1)];
  expect(left).toEqual(right);
  expect(20 * Math.log10(rms(left) / (16_384 / Math.SQRT2))).toBeCloseTo(0, 1);
});

test('the middle of a surround track is heard in both ears', async () => {
  expect(await extract('six.wav', 2)).toEqual({ kind: 'extracted' });
  const [left, right] = [await channel(0), await channel(1)];
  expect(left).toEqual(right);
  expect(rms(left)).toBeGreaterThan(2000);
});

test('a video without sound says so, and what is no recording is not read', async () => {
  expect(await extract('silent.mp4', 6)).toEqual({ kind: 'no-audio' });
  expect(await extract('text.mp4', 6)).toMatchObject({ kind: 'unreadable' });
});

test('a track that breaks off is silent from there on', async () => {
  const bytes = await readFile(file('stereo.wav'));
  await writeFile(file('broken.wav'), bytes.subarray(0, bytes.length / 2));
  expect(await extract('broken.wav', 4)).toEqual({ kind: 'extracted' });
  const left = await channel(0);
  expect(left).toHaveLength(192_000);
  expect(rms(left.subarray(0, 90_000))).toBeGreaterThan(10_000);
  expect(rms(left.subarray(100_000))).toBe(0);
});

test('an abort throws its reason', async () => {
  await expect(extract('stereo.wav', 4, AbortSignal.abort('gone'))).rejects.toBe('gone');
});
