import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AsrRequest, TimedWord } from '../../src/engines/asr/asr-engine.ts';
import { sherpaAsr } from '../../src/engines/asr/sherpa.ts';
import { writeSpeechWav } from '../../src/engines/media/speech-wav.ts';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { SherpaPool } from '../../src/engines/sherpa/sherpa-pool.ts';
import { hertzOfSenseToken, writeToneSenseVoice } from './tone-sense-voice.ts';
import { hertzOfTone, writeToneTransducer } from './tone-transducer.ts';
import { toneSamples } from './tones.ts';

let folder = '';
const pool = new SherpaPool({ processes: 1 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sherpa-families-'));
});
afterAll(async () => {
  await pool.stop();
  await rm(folder, { recursive: true });
});

type Heard = {
  readonly texts: readonly string[];
  readonly words: readonly TimedWord[];
  readonly language?: string;
};

/** Tones of 0.3 s, each with 0.3 s of silence before it. */
async function hear(
  model: InstalledModel,
  tones: readonly number[],
  more: Pick<AsrRequest, 'language' | 'hotwords'> = {},
): Promise<Heard> {
  const wavPath = join(folder, 'tones.wav');
  const samples = toneSamples(
    tones.flatMap((hertz) => [
      { hertz: 0, seconds: 0.3 },
      { hertz, seconds: 0.3 },
    ]),
  );
  await writeSpeechWav(wavPath, samples);
  const outcome = await sherpaAsr(model, pool).recognize({
    ...{ wavPath, speech: [{ from: 0, to: samples.length / 16_000 }], scratch: folder },
    ...{ signal: new AbortController().signal, onProgress: () => undefined },
    ...more,
  });
  if (outcome.kind !== 'recognized') throw new Error(JSON.stringify(outcome));
  return { ...outcome, texts: outcome.words.map(({ text }) => text) };
}

describe('SenseVoice', () => {
  const tones = [0, 1, 2].map(hertzOfSenseToken);
  const model = async (): Promise<InstalledModel> =>
    await writeToneSenseVoice(join(folder, 'sense'), ['开', '放', '。']);

  test('gives words without its tags, each at its time, and the language that it heard', async () => {
    const { texts, words, language } = await hear(await model(), tones);
    expect([texts, language]).toEqual([['开', '放。'], 'yue']);
    for (const [index, from] of [0.3, 0.9].entries()) {
      // Its frames are 60 ms apart, each of 85 ms.
      expect(Math.abs((words[index]?.from ?? 0) - from)).toBeLessThan(0.1);
    }
  });

  test('is told the language where the job names it', async () => {
    expect((await hear(await model(), tones, { language: 'ja' })).language).toBe('ja');
    expect((await hear(await model(), tones, { language: 'en-GB' })).language).toBe('en');
  });
});

describe('a transducer', () => {
  const tones = [0, 1].map(hertzOfTone);
  const model = async (): Promise<InstalledModel> =>
    await writeToneTransducer(join(folder, 'transducer'), [
      ['他', '她', '它'],
      ['在', '再'],
    ]);

  test('gives words with their times and how sure it is', async () => {
    const { texts, words } = await hear(await model(), tones);
    expect(texts).toEqual(['他', '在']);
    for (const [index, from] of [0.3, 0.9].entries()) {
      expect(Math.abs((words[index]?.from ?? 0) - from)).toBeLessThan(0.06);
      expect(words[index]?.confidence).toBeGreaterThan(0.3);
      expect(words[index]?.confidence).toBeLessThan(0.9);
    }
  });

  test('listens for hotwords: of words that sound alike it hears the expected one', async () => {
    const engine = await model();
    const text = async (hotword: string, weight = 3): Promise<string> =>
      (await hear(engine, tones, { hotwords: [{ text: hotword, weight }] })).texts.join('');
    expect(sherpaAsr(engine, pool).takesHotwords).toBe(true);
    expect([await text('她'), await text('它再'), await text('我们')]).toEqual(['她在', '它再', '他在']);
  });

  test('is not harmed by hotwords of strange signs', async () => {
    const hotwords = [':', '#a', '她 :x', '/', '@', 'a/b', '\u0000', '😀'].map((text) => ({ text, weight: 5 }));
    expect((await hear(await model(), tones, { hotwords })).texts).toEqual(['她', '在']);
  });
});
