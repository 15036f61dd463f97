import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sherpaAsr } from '../../src/engines/asr/sherpa.ts';
import { sherpaDiarizer } from '../../src/engines/diarization/sherpa-diarizer.ts';
import type { DiarizationOutcome } from '../../src/engines/diarization/speaker-diarizer.ts';
import { sherpaLanguageIdentifier } from '../../src/engines/language-id/sherpa-language-identifier.ts';
import { writeSpeechWav } from '../../src/engines/media/speech-wav.ts';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { sherpaPunctuator } from '../../src/engines/punctuation/sherpa-punctuator.ts';
import { SherpaPool } from '../../src/engines/sherpa/sherpa-pool.ts';
import { writeTablePunctuation } from './table-punctuation.ts';
import { SPEAKER_HERTZ, writeToneEmbedding, writeToneSegmentation } from './tone-speakers.ts';
import { hertzOfLanguage, writeToneWhisper } from './tone-whisper.ts';
import { toneSamples, type Tone } from './tones.ts';

const { signal } = new AbortController();
const pool = new SherpaPool({ processes: 1 });
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sherpa-tasks-'));
});
afterAll(async () => {
  await pool.stop();
  await rm(folder, { recursive: true });
});

async function recording(tones: readonly Tone[]): Promise<{ wavPath: string; seconds: number }> {
  const wavPath = join(folder, 'tones.wav');
  const samples = toneSamples(tones);
  await writeSpeechWav(wavPath, samples);
  return { wavPath, seconds: samples.length / 16_000 };
}

async function broken(model: InstalledModel): Promise<InstalledModel> {
  const path = join(folder, 'broken.onnx');
  await writeFile(path, 'nothing of a network');
  return { ...model, name: 'broken', files: { model: path, encoder: path, decoder: path } };
}

describe('punctuation', () => {
  const marks = { hello: '，', world: '。', 好: '，', 界: '。', you: '？' };

  async function punctuate(texts: readonly string[]): Promise<unknown> {
    const punctuator = sherpaPunctuator(await writeTablePunctuation(join(folder, 'punctuation'), marks), pool);
    const words = texts.map((text, index) => ({ text, from: index, to: index + 1 }));
    const outcome = await punctuator.punctuate(words, signal);
    return outcome.kind === 'punctuated' ? outcome.words.map(({ text, from }) => [text, from]) : outcome;
  }

  test('words get their marks and keep their times', async () => {
    expect(await punctuate(['Hello', 'world', 'how', 'are', 'you'])).toEqual([
      ...[
        ['Hello,', 0],
        ['world.', 1],
        ['how', 2],
        ['are', 3],
        ['you?', 4],
      ],
    ]);
  });

  test('characters too, and both together', async () => {
    expect(await punctuate(['你', '好', '世', '界', 'OK'])).toEqual([
      ...[
        ['你', 0],
        ['好，', 1],
        ['世', 2],
        ['界。', 3],
        ['OK.', 4],
      ],
    ]);
  });

  test('thousands of words lose none', async () => {
    const words = Array.from({ length: 5000 }, (_, index) => (index % 7 === 6 ? 'world' : `w${index}`));
    const expected = words.map((word, index) => [word === 'world' || index === 4999 ? `${word}.` : word, index]);
    expect(await punctuate(words)).toEqual(expected);
  });

  test('words that have marks are left alone', async () => {
    expect(await punctuate(['hello', 'world!'])).toEqual([
      ...[
        ['hello', 0],
        ['world!', 1],
      ],
    ]);
  });

  test('it is for the languages of the model, and the doctor hears whether it works', async () => {
    const model = await writeTablePunctuation(join(folder, 'punctuation'), marks);
    const punctuator = sherpaPunctuator(model, pool);
    expect(['zh-CN', 'de', undefined].map((language) => punctuator.supports(language))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await punctuator.availability()).toMatchObject({ kind: 'ready' });
    const bad = sherpaPunctuator(await broken(model), pool);
    expect(await bad.availability()).toMatchObject({ kind: 'missing' });
    expect(await bad.punctuate([{ text: 'a', from: 0, to: 1 }], signal)).toMatchObject({ kind: 'unavailable' });
  });
});

describe('whisper', () => {
  test.each(['en', 'zh', 'de'] as const)('hears that it is %s', async (language) => {
    const model = await writeToneWhisper(join(folder, 'whisper'));
    const { wavPath } = await recording([
      { hertz: hertzOfLanguage(language === 'en' ? 'zh' : 'en'), seconds: 2 },
      { hertz: hertzOfLanguage(language), seconds: 3 },
    ]);
    const speech = [
      { from: 2, to: 3 },
      { from: 4, to: 5 },
    ];
    const identifier = sherpaLanguageIdentifier(model, pool);
    expect(await identifier.identify({ wavPath, speech, signal })).toEqual({ kind: 'identified', language });
  });

  test('a model that does not load is an outcome, for jobs and for the doctor', async () => {
    const { wavPath } = await recording([{ hertz: 0, seconds: 1 }]);
    const model = await writeToneWhisper(join(folder, 'whisper'));
    const identifier = sherpaLanguageIdentifier(await broken(model), pool);
    const outcome = await identifier.identify({ wavPath, speech: [{ from: 0, to: 1 }], signal });
    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(await identifier.availability()).toMatchObject({ kind: 'missing' });
    expect(await sherpaLanguageIdentifier(model, pool).availability()).toMatchObject({ kind: 'ready' });
  });

  test('transcribes into phrases with times of their own, and says the language', async () => {
    const engine = sherpaAsr(await writeToneWhisper(join(folder, 'whisper')), pool);
    const { wavPath } = await recording([{ hertz: hertzOfLanguage('de'), seconds: 40 }]);
    const request = { wavPath, signal, scratch: folder, onProgress: () => undefined };
    const outcome = await engine.recognize({
      ...request,
      speech: [
        { from: 1, to: 2 },
        { from: 4, to: 34 },
      ],
    });
    const words = outcome.kind === 'recognized' ? outcome.words : [];
    expect(outcome).toMatchObject({ kind: 'recognized', language: 'de' });
    // The segment of 30 s is heard in two parts: the library would leave out what lies behind 29.5 s.
    expect(words.map(({ text, from, to }) => [text, from.toFixed(2), to.toFixed(2)])).toEqual(
      [1, 4, 19].flatMap((from) => [
        ['Hello', from.toFixed(2), (from + 0.36).toFixed(2)],
        ['there.', (from + 0.36).toFixed(2), (from + 0.8).toFixed(2)],
      ]),
    );
    const told = await engine.recognize({ ...request, speech: [{ from: 1, to: 2 }], language: 'zh-CN' });
    expect(told).toMatchObject({ language: 'zh' });
  });
});

describe('diarization', () => {
  const [low, high] = SPEAKER_HERTZ;
  const conversation: Tone[] = [
    ...[
      { hertz: 0, seconds: 1 },
      { hertz: high, seconds: 3 },
      { hertz: low, seconds: 2 },
    ],
    ...[
      { hertz: 0, seconds: 1 },
      { hertz: high, seconds: 2 },
      { hertz: 0, seconds: 1 },
    ],
  ];

  async function diarize(speakers?: number, seconds?: number): Promise<DiarizationOutcome> {
    const segmentation = await writeToneSegmentation(join(folder, 'segmentation'));
    const embedding = await writeToneEmbedding(join(folder, 'embedding'));
    const made = await recording(conversation);
    return await sherpaDiarizer(segmentation, embedding, pool).diarize({
      ...{ ...made, signal, onProgress: () => undefined },
      ...(speakers !== undefined && { speakers }),
      ...(seconds !== undefined && { seconds }),
    });
  }

  test('two voices are told apart, in the order in which they are heard', async () => {
    const outcome = await diarize();
    const turns = outcome.kind === 'diarized' ? outcome.turns : [];
    expect(turns.map(({ speaker }) => speaker)).toEqual([0, 1, 0]);
    const edges = turns.flatMap(({ from, to }) => [from, to]);
    for (const [index, edge] of [1, 4, 4, 6, 7, 9].entries()) {
      expect(Math.abs((edges[index] ?? 0) - edge)).toBeLessThan(0.1);
    }
  });

  test('a caller who knows that one person speaks gets one speaker', async () => {
    const outcome = await diarize(1);
    const turns = outcome.kind === 'diarized' ? outcome.turns : [];
    expect([turns.length > 0, turns.every(({ speaker }) => speaker === 0)]).toEqual([true, true]);
  });

  test('what is too long for memory is refused before it is read', async () => {
    expect(await diarize(undefined, 2 * 3600 + 1)).toMatchObject({
      ...{ kind: 'too-long', message: expect.stringContaining('2 hours') as string },
    });
  });

  test('the doctor hears whether the models work', async () => {
    const segmentation = await writeToneSegmentation(join(folder, 'segmentation'));
    const embedding = await writeToneEmbedding(join(folder, 'embedding'));
    expect(await sherpaDiarizer(segmentation, embedding, pool).availability()).toMatchObject({ kind: 'ready' });
    const bad = sherpaDiarizer(segmentation, await broken(embedding), pool);
    expect(await bad.availability()).toMatchObject({ kind: 'missing' });
  });
});
