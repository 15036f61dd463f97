import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SpeechChunk } from '../plan/speech-plan.ts';
import { loudestPart } from './loudest-part.ts';
import { joinSpeech } from './join-speech.ts';
import { pcmWav, readPcmWav, WAV_HEADER, type Pcm } from './pcm-wav.ts';
import { retimeSpeech } from './retime-speech.ts';
import { speechSpan, trimSilence } from './speech-span.ts';

let scratch = '';
const { signal } = new AbortController();
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'sound-files-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));

/** A tone of `seconds` between `before` and `after` seconds of silence, at 8 kHz. */
function tone(before: number, seconds: number, after: number, loud = 10_000): Pcm {
  const sampleRate = 8000;
  const samples = Int16Array.from({ length: (before + seconds + after) * sampleRate }, (_, at) => {
    const time = at / sampleRate - before;
    return time >= 0 && time < seconds ? loud * Math.cos(2 * Math.PI * 200 * time) : 0;
  });
  return { sampleRate, samples };
}

describe('WAV files', () => {
  test('are read as they were written', async () => {
    const path = join(scratch, 'a.wav');
    await writeFile(path, pcmWav(tone(0, 0.1, 0)));
    expect(await readPcmWav(path)).toEqual(tone(0, 0.1, 0));
  });

  test('with other chunks and lengths that are not true are read', async () => {
    const path = join(scratch, 'b.wav');
    const args = ['-v', 'error', '-y', '-i', join(scratch, 'a.wav'), '-metadata', 'title=odd'];
    await writeFile(join(scratch, 'a.wav'), pcmWav(tone(0, 0.1, 0)));
    execFileSync('ffmpeg', [...args, path]);
    expect((await readPcmWav(path))?.samples).toHaveLength(800);
    const lying = pcmWav(tone(0, 0.1, 0));
    lying.writeUInt32LE(0xffff_ffff, 40);
    await writeFile(path, lying);
    expect((await readPcmWav(path))?.samples).toHaveLength(800);
  });

  test.each(['-ac 2', '-c:a pcm_s24le', '-c:a pcm_f32le'])(
    '%s is not taken for mono of 16 bit',
    async (options) => {
      const path = join(scratch, 'c.wav');
      await writeFile(join(scratch, 'a.wav'), pcmWav(tone(0, 0.1, 0)));
      execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', join(scratch, 'a.wav'), ...options.split(' '), path]);
      expect(await readPcmWav(path)).toBeUndefined();
    },
  );

  test('what is no WAV is none', async () => {
    const path = join(scratch, 'd.wav');
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('RIFF'),
      Buffer.from('RIFF    WAVEdata    '),
      Buffer.alloc(100),
    ]) {
      await writeFile(path, bytes);
      expect(await readPcmWav(path)).toBeUndefined();
    }
  });
});

describe('silence', () => {
  test('is cut off at both ends but for a hundredth of a second', () => {
    expect(speechSpan(tone(0.5, 1, 0.25))).toEqual({ from: 3920, to: expect.closeTo(12_080, -2) as number });
    expect(trimSilence(tone(0, 0.5, 0)).samples.length).toBeCloseTo(4000, -1);
  });

  test('alone is nothing, and so is a noise that nobody hears', () => {
    expect(trimSilence(tone(1, 0, 1)).samples).toHaveLength(0);
    expect(trimSilence(tone(0, 1, 0, 50)).samples).toHaveLength(0);
  });
});

describe('the loudest part', () => {
  test('is found where the sound is, and fades at its ends', () => {
    const { samples } = loudestPart(tone(0.5, 1, 0.3), 8000);
    expect(samples).toHaveLength(8000);
    expect([samples[0], samples.at(-1)]).toEqual([0, 0]);
    expect(samples.subarray(100, 7900).some((sample, index, all) => sample === 0 && all[index + 1] === 0)).toBe(
      false,
    );
  });

  test('of something shorter is all of it', () => {
    expect(loudestPart(tone(0, 0.1, 0), 8000)).toEqual(tone(0, 0.1, 0));
  });
});

describe('tempo, pitch and sample rate', () => {
  const around = (tempo: number, pitch: number, sampleRate: number): ReturnType<typeof retimeSpeech> =>
    retimeSpeech(tone(0, 2, 0), { tempo, pitch, sampleRate }, { scratch, signal }, {});

  test.each([
    [1.5, 1, 8000],
    [0.6, 1, 8000],
    [1, 1.5, 8000],
    [1, 0.7, 16_000],
    [1.5, 0.8, 48_000],
    [1, 1, 24_000],
  ])('tempo %f, pitch %f, %i Hz: the length is that of the tempo alone', async (tempo, pitch, sampleRate) => {
    const outcome = await around(tempo, pitch, sampleRate);
    const pcm = outcome.kind === 'retimed' ? outcome.pcm : undefined;
    expect(pcm?.sampleRate).toBe(sampleRate);
    expect(Math.abs((pcm?.samples.length ?? 0) / sampleRate - 2 / tempo)).toBeLessThan(0.03);
  });

  test('nothing to do is nothing done, and silence stays silence', async () => {
    expect(await around(1.004, 1, 8000)).toEqual({ kind: 'retimed', pcm: tone(0, 2, 0) });
    const silence = { sampleRate: 8000, samples: new Int16Array(0) };
    const outcome = await retimeSpeech(
      silence,
      { tempo: 2, pitch: 2, sampleRate: 16_000 },
      { scratch, signal },
      {},
    );
    expect(outcome).toMatchObject({ kind: 'retimed', pcm: { sampleRate: 16_000 } });
  });

  test('a missing ffmpeg is named with its remedy', async () => {
    const tools = { ffmpegPath: '/nowhere/ffmpeg' };
    const retiming = { tempo: 2, pitch: 1, sampleRate: 8000 };
    expect(await retimeSpeech(tone(0, 1, 0), retiming, { scratch, signal }, tools)).toMatchObject({
      ...{ kind: 'unavailable', message: expect.stringContaining('FFMPEG_PATH') as string },
    });
  });
});

describe('joining', () => {
  const chunk = (sentence: number, content: string, seconds: number, exact: boolean): SpeechChunk => ({
    ...{ sentence, content, spoken: [], language: 'en', after: { seconds, exact } },
  });

  async function join3(
    speechRate: number,
  ): Promise<{ seconds: number; sentences: readonly unknown[]; bytes: Buffer }> {
    const pcmPaths = ['0', '1', '2'].map((name) => join(scratch, `${name}.pcm`));
    await writeFile(pcmPaths[0] ?? '', pcmWav(tone(0, 1, 0)).subarray(WAV_HEADER));
    await writeFile(pcmPaths[1] ?? '', pcmWav(tone(0, 0.5, 0)).subarray(WAV_HEADER));
    await writeFile(pcmPaths[2] ?? '', '');
    const chunks = [chunk(0, 'Hello', 0.4, false), chunk(0, 'world.', 2, true), chunk(1, '…', 0, true)];
    const settings = { speechRate, sampleRate: 8000 };
    const wavPath = join(scratch, 'joined.wav');
    const outcome = await joinSpeech({ plan: { lead: 0.25, chunks }, pcmPaths, settings, wavPath, signal });
    return { ...outcome, bytes: await readFile(wavPath) };
  }

  test('pauses are there to the sample, with what the chunks keep of silence taken off', async () => {
    const { seconds, sentences, bytes } = await join3(0);
    expect(seconds).toBeCloseTo(0.25 + 1 + 0.38 + 0.5 + 1.98, 9);
    expect(bytes.length).toBe(WAV_HEADER + Math.round(seconds * 16_000));
    expect([bytes.readUInt32LE(40), bytes.readUInt32LE(24)]).toEqual([bytes.length - WAV_HEADER, 8000]);
    expect(sentences).toEqual([
      { content: 'Hello world.', from: 0.26, to: 2.12 },
      { content: '…', from: 4.11, to: 4.11 },
    ]);
  });

  test('pauses of the reader become shorter with the speech, breaks do not', async () => {
    expect((await join3(500)).seconds).toBeCloseTo(0.25 + 1 + 0.18 + 0.5 + 1.98, 6);
  });
});
