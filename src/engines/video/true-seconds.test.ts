import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeVideo } from './probe-video.ts';
import { trueSeconds } from './true-seconds.ts';

let folder = '';
const signal = new AbortController().signal;

/** What ffmpeg writes to a pipe, where it cannot go back to write the length. */
function ffmpeg(...args: string[]): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', ...args, ...(args.includes('-y') ? [] : ['pipe:1'])], {
    cwd: folder,
    maxBuffer: 1e8,
  });
}

const input = (source: string): string[] => ['-f', 'lavfi', '-i', source];

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'true-seconds-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Measured = { declared?: number; seconds?: number; missing: boolean };

async function measured(name: string, bytes: Buffer): Promise<Measured> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const outcome = await probeVideo(path, {}, { scratch: folder, signal });
  if (outcome.kind !== 'probed') throw new Error(outcome.kind);
  const length = await trueSeconds(path, outcome.probed, {}, { scratch: folder, signal });
  if (length.kind !== 'length') throw new Error(length.kind);
  return { declared: outcome.probed.seconds, seconds: length.seconds, missing: length.declared !== undefined };
}

const PICTURE = [...input('testsrc2=s=64x48:r=30:d=5'), '-c:v', 'libvpx', '-deadline', 'realtime'];
const SOUND = [...input('sine=d=4.6'), '-map', '0', '-map', '1', '-c:a', 'libopus'];

test('a recording of a browser, which declares no length, is as long as its pictures or its sound', async () => {
  const silent = await measured('silent.webm', ffmpeg(...PICTURE, '-f', 'webm'));
  expect(silent.declared).toBeUndefined();
  expect(silent.seconds).toBeCloseTo(5, 1);
  const [picture, codec] = [PICTURE.slice(0, 4), PICTURE.slice(4)];
  const both = await measured('both.webm', ffmpeg(...picture, ...SOUND, ...codec, '-f', 'webm'));
  expect(both.declared).toBeUndefined();
  expect(both.seconds).toBeCloseTo(5, 1);
});

test('bare sound of a rate that changes is as long as it is heard', async () => {
  const quietFirst = input("sine=d=20,volume='if(lt(t,10),0,1)':eval=frame");
  const { declared = 0, seconds } = await measured('bare.aac', ffmpeg(...quietFirst, '-q:a', '1', '-f', 'adts'));
  expect(declared).toBeGreaterThan(40);
  expect(seconds).toBeCloseTo(20, 1);
});

test('what a container says is believed', async () => {
  const { declared, seconds, missing } = await measured('plain.wav', ffmpeg(...input('sine=d=1.25'), '-f', 'wav'));
  expect([declared, seconds, missing]).toEqual([1.25, 1.25, false]);
});

test.each(['mp4', 'mkv'])('a %s that breaks off is as long as what is there of it', async (format) => {
  const path = join(folder, `whole.${format}`);
  const sources = [...input('testsrc2=s=64x48:r=30:d=40'), ...input('sine=d=40')];
  ffmpeg(...sources, '-c:v', 'libx264', '-g', '30', '-c:a', 'aac', '-movflags', '+faststart', '-y', path);
  const whole = readFileSync(path);
  expect(await measured(`all.${format}`, whole)).toMatchObject({ missing: false });
  const half = await measured(`half.${format}`, whole.subarray(0, whole.length / 2));
  expect(half.declared).toBeCloseTo(40, 0);
  expect(half.missing).toBe(true);
  expect(half.seconds).toBeGreaterThan(15);
  expect(half.seconds).toBeLessThan(25);
});
