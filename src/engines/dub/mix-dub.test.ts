import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pcmWav, readPcmWav, type Pcm } from '../tts/audio/pcm-wav.ts';
import { flite } from '../tts/flite/flite.ts';
import { pcmSeconds, trimSilence } from '../tts/audio/speech-span.ts';
import { DUCKED } from './duck-curve.ts';
import { duckTimes } from './duck-times.ts';
import { mixDub, type MixLine, type MixRequest } from './mix-dub.ts';
import { shapeLine } from './shape-line.ts';
import { framesOf, readStereoWav, stereoWavHeader } from './stereo-wav.ts';

let scratch = '';
const { signal } = new AbortController();
let spoken: Pcm = { sampleRate: 0, samples: new Int16Array() };

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'mix-dub-'));
  const wavPath = join(scratch, 'flite.wav');
  const text = 'The background is kept while somebody speaks.';
  const said = { spoken: [{ kind: 'text', text }], voice: 'flite:slt', language: 'en', rate: 1 } as const;
  await flite().synthesize({ ...said, wavPath, scratch, signal });
  spoken = trimSilence((await readPcmWav(wavPath)) ?? spoken);
});
afterAll(async () => await rm(scratch, { recursive: true }));

/** Twelve seconds and a bit: a tone in each ear, and from 3 to 6 a voice as of a bell in the middle. */
const SECONDS = 12.0005;
const SPEECH = [{ from: 3, to: 6 }];

async function original(loudness = 3000): Promise<string> {
  const frames = framesOf(SECONDS);
  const samples = Int16Array.from({ length: 2 * frames }, (_, at) => {
    const time = Math.floor(at / 2) / 48_000;
    const tone = loudness * Math.sin(2 * Math.PI * (at % 2 === 0 ? 440 : 660) * time);
    const voice = time >= 3 && time < 6 ? 6000 * Math.sin(2 * Math.PI * 200 * time) : 0;
    return tone + voice;
  });
  const path = join(scratch, 'original.wav');
  await writeFile(path, Buffer.concat([stereoWavHeader(frames), new Uint8Array(samples.buffer)]));
  return path;
}

/** What was spoken, as loud as it is made here, at a place. */
async function shaped(name: string, start: number, tempo = 1, loudness = 1): Promise<MixLine> {
  const wavPath = join(scratch, name);
  const samples = spoken.samples.map((sample) => Math.round(sample * loudness));
  await writeFile(wavPath, pcmWav({ ...spoken, samples }));
  const placement = { tempo, seconds: pcmSeconds(spoken) / tempo, cut: 0 };
  expect(await shapeLine({ wavPath, placement, scratch, signal }, {})).toEqual({ kind: 'shaped' });
  return { wavPath, start, voice: 'flite:slt' };
}

async function mixed(request: Partial<MixRequest>): Promise<Int16Array> {
  const wavPath = join(scratch, 'mix.wav');
  const outcome = await mixDub({
    ...{ originalAudio: undefined, totalSeconds: SECONDS, lines: [], speech: [], ducked: [] },
    ...{ wavPath, scratch, signal, onProgress: () => undefined },
    ...request,
  });
  expect(outcome).toEqual({ kind: 'mixed' });
  return await samplesOf(wavPath);
}

/** Of both channels in turn. */
async function samplesOf(path: string): Promise<Int16Array> {
  const wav = await readStereoWav(path);
  const bytes = (await readFile(path)).subarray(wav?.offset);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function between(samples: Int16Array, from: number, to: number): Int16Array {
  return samples.subarray(2 * framesOf(from), 2 * framesOf(to));
}

/** Millions of samples: an assertion on each takes seconds. */
function isSame(a: Int16Array, b: Int16Array): boolean {
  return a.length === b.length && a.every((sample, at) => sample === b[at]);
}

function rms(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Seconds at which there is more than the tone. */
function onset(samples: Int16Array, from: number): number {
  const start = 2 * framesOf(from);
  return (samples.subarray(start).findIndex((sample) => Math.abs(sample) > 900) + start) / 2 / 48_000;
}

describe('a mix', () => {
  test('leaves the original as it is away from speech, sample for sample, and makes it quiet below', async () => {
    const originalAudio = await original();
    const before = await samplesOf(originalAudio);
    const line = await shaped('a.wav', 3.1);
    const dub = [{ from: 3.1, to: 3.1 + pcmSeconds(spoken) }];
    const ducked = duckTimes({ speech: SPEECH, replaced: SPEECH, kept: [], dub, bound: false });
    const progress: number[] = [];
    const onProgress = (fraction: number): number => progress.push(fraction);
    const after = await mixed({ originalAudio, lines: [line], speech: SPEECH, ducked, onProgress });
    expect(after).toHaveLength(2 * framesOf(SECONDS));
    expect(isSame(between(after, 0, 2.87), between(before, 0, 2.87))).toBe(true);
    const end = Math.max(6, 3.1 + pcmSeconds(spoken));
    expect(isSame(between(after, end + 0.13, SECONDS), between(before, end + 0.13, SECONDS))).toBe(true);
    // Where the source still speaks and the dub has ended, little is left of it.
    expect(pcmSeconds(spoken)).toBeLessThan(2.7);
    expect(rms(between(after, 5.85, 5.99)) / rms(between(before, 5.85, 5.99))).toBeCloseTo(DUCKED, 2);
    expect([progress.at(-1), progress.every((at, index) => at >= (progress[index - 1] ?? 0))]).toEqual([1, true]);
  });

  test.each([1, 1.25])('begins each line within 20 ms of its place, at a tempo of %s', async (tempo) => {
    const lines = [await shaped('b.wav', 1.5, tempo), await shaped('c.wav', 7.77, tempo)];
    const after = await mixed({ lines });
    expect(Math.abs(onset(after, 0) - 1.5)).toBeLessThan(0.02);
    expect(Math.abs(onset(after, 6) - 7.77)).toBeLessThan(0.02);
  });

  test('has the dub as loud as the original speech, also where its voice is loud or soft', async () => {
    const originalAudio = await original(0);
    for (const factor of [0.1, 1, 2]) {
      const line = await shaped('d.wav', 8, 1, factor);
      const after = await mixed({ originalAudio, speech: SPEECH, lines: [line] });
      const heard = rms(between(after, 8, 8 + pcmSeconds(spoken)));
      expect(Math.abs(20 * Math.log10(heard / (6000 / Math.SQRT2)))).toBeLessThan(2);
    }
  });

  test('does not clip where both are as loud as can be', async () => {
    const originalAudio = await original(26_000);
    const line = await shaped('e.wav', 3);
    const ducked = [{ from: 3, to: 6 }];
    const after = await mixed({ originalAudio, lines: [line], speech: SPEECH, ducked });
    const inside = between(after, 3, 3 + pcmSeconds(spoken));
    expect(inside.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(32_000);
  });

  test('of nothing with nothing is silence of the right length', async () => {
    const after = await mixed({ totalSeconds: 0.7301 });
    expect(after).toHaveLength(2 * 35_045);
    expect(after.every((sample) => sample === 0)).toBe(true);
  });

  test('of an original that is not there is an outcome', async () => {
    const outcome = await mixDub({
      ...{ originalAudio: join(scratch, 'missing.wav'), totalSeconds: 1, lines: [], speech: [], ducked: [] },
      ...{ wavPath: join(scratch, 'mix.wav'), scratch, signal, onProgress: () => undefined },
    });
    expect(outcome).toMatchObject({ kind: 'failed' });
  });
});

test('a line that is cut fades out', async () => {
  const { wavPath } = await shaped('f.wav', 0);
  const placement = { tempo: 1, seconds: 1, cut: pcmSeconds(spoken) - 1 };
  await shapeLine({ wavPath, placement, scratch, signal }, {});
  const { samples, sampleRate } = (await readPcmWav(wavPath)) ?? spoken;
  expect([samples.length, samples.at(-1)]).toEqual([sampleRate, 0]);
  expect(samples.subarray(0, 10_000)).toEqual(spoken.samples.subarray(0, 10_000));
});

test('a header says what lies behind it, also where that is more than a plain WAV can say', async () => {
  const path = join(scratch, 'long.wav');
  const plain = stereoWavHeader(10);
  expect([plain.toString('latin1', 0, 4), plain.readUInt32LE(4), plain.readUInt32LE(40)]).toEqual(['RIFF', 76, 40]);
  const long = stereoWavHeader(2 ** 31);
  expect([long.toString('latin1', 0, 4), long.readBigUInt64LE(28)]).toEqual(['RF64', 2n ** 33n]);
  expect(long.readBigUInt64LE(20)).toBe(2n ** 33n + BigInt(long.length) - 8n);
  for (const header of [plain, long]) {
    await writeFile(path, Buffer.concat([header, Buffer.alloc(40)]));
    const entries = ['-show_entries', 'stream=codec_name,sample_rate,channels', '-of', 'csv=p=0'];
    const shown = execFileSync('ffprobe', ['-v', 'error', ...entries, path]);
    expect(shown.toString().trim()).toBe('pcm_s16le,48000,2');
    expect(await readStereoWav(path)).toEqual({ offset: header.length, frames: 10 });
  }
});
