import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AsrOutcome, AsrRequest } from '../../src/engines/asr/asr-engine.ts';
import { sherpaAsr } from '../../src/engines/asr/sherpa.ts';
import { writeSpeechWav } from '../../src/engines/media/speech-wav.ts';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { SherpaPool } from '../../src/engines/sherpa/sherpa-pool.ts';
import { hertzOfToken, writeToneRecognizer } from './tone-recognizer.ts';
import { toneSamples, type Tone } from './tones.ts';

const TOKENS = ['▁he', 'llo', '▁wor', 'ld', '你', '好', '.'];
/** Seconds: a tone is heard in each frame of 25 ms that it reaches into, and frames come every 10 ms. */
const FRAME = 0.025;

let folder = '';
let model: InstalledModel;
let wavPath = '';
const pool = new SherpaPool({ processes: 1 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sherpa-recognize-'));
  model = await writeToneRecognizer(join(folder, 'model'), TOKENS, ['en', 'zh']);
  wavPath = join(folder, 'tones.wav');
  await writeSpeechWav(wavPath, toneSamples([pause(1), ...said(0, 1, 2, 3), pause(2), ...said(4, 5, 6), pause(1)]));
});
afterAll(async () => {
  await pool.stop();
  await rm(folder, { recursive: true });
});

function pause(seconds: number): Tone {
  return { hertz: 0, seconds };
}

/** Each token for 0.2 s and silent for 0.1 s. */
function said(...tokens: readonly number[]): Tone[] {
  return tokens.flatMap((token) => [{ hertz: hertzOfToken(token), seconds: 0.2 }, pause(0.1)]);
}

async function recognize(more: Partial<AsrRequest> = {}, installed = model): Promise<AsrOutcome> {
  return await sherpaAsr(installed, pool).recognize({
    wavPath,
    speech: [
      { from: 0.8, to: 2.4 },
      { from: 4, to: 5.2 },
    ],
    scratch: folder,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  });
}

test('the words of a recording, each at its time', async () => {
  const progress: number[] = [];
  const outcome = await recognize({ onProgress: (fraction) => progress.push(fraction) });
  const words = outcome.kind === 'recognized' ? outcome.words : [];
  expect(words.map(({ text }) => text)).toEqual(['hello', 'world', '你', '好.']);
  for (const [index, from] of [1, 1.6, 4.2, 4.5].entries()) {
    expect(Math.abs((words[index]?.from ?? 0) - from)).toBeLessThanOrEqual(FRAME);
  }
  expect(progress.map((fraction) => fraction.toFixed(2))).toEqual(['0.57', '1.00']);
});

test('only the speech is looked at', async () => {
  const outcome = await recognize({ speech: [{ from: 1.55, to: 2.3 }] });
  expect(outcome).toMatchObject({ words: [{ text: 'world' }] });
});

test('a model of one language says which one it was', async () => {
  const english = await writeToneRecognizer(join(folder, 'english'), TOKENS);
  expect(await recognize({}, english)).toMatchObject({ kind: 'recognized', language: 'en' });
});

test('a model that writes in capitals is made readable', async () => {
  const loud = await writeToneRecognizer(join(folder, 'loud'), ['▁HE', 'LLO', '▁I', '▁WORLD']);
  const outcome = await recognize({ speech: [{ from: 0.8, to: 2.4 }] }, loud);
  expect(outcome).toMatchObject({ words: [{ text: 'hello' }, { text: 'I' }, { text: 'world' }] });
});

test('an abort throws its reason', async () => {
  await expect(recognize({ signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
});

test('the doctor hears that the model works', async () => {
  expect(await sherpaAsr(model, pool).availability(folder)).toEqual({
    ...{ kind: 'ready', version: expect.stringMatching(/^\d+\./) as string, detail: 'nemo-ctc: en, zh' },
  });
});

describe('languages', () => {
  const supports = (languages: readonly string[], language?: string): boolean =>
    sherpaAsr({ ...model, languages }, pool).supports(language);

  test('the model takes those that it knows', () => {
    expect([supports(['en', 'zh'], 'zh-Hans-CN'), supports(['en', 'zh'], 'de')]).toEqual([true, false]);
    expect(supports([], 'sw')).toBe(true);
  });

  test('jobs that name none go to models that know several, and to English', () => {
    expect([supports(['en', 'zh']), supports([]), supports(['en']), supports(['de'])]).toEqual([
      ...[true, true, true, false],
    ]);
  });
});

describe('a model that is no good', () => {
  const broken = async (change: (model: InstalledModel) => Promise<InstalledModel | void>): Promise<AsrOutcome> => {
    const copy = await writeToneRecognizer(join(folder, 'broken'), TOKENS);
    return await recognize({}, { ...((await change(copy)) ?? copy), name: 'broken' });
  };
  const unavailable = { kind: 'unavailable', message: expect.stringContaining('models verify broken') as string };

  test('a file that is cut short', async () => {
    expect(await broken(async ({ files }) => await truncate(files['model'] ?? '', 500))).toMatchObject(unavailable);
  });

  test('a file of something else', async () => {
    expect(await broken(async ({ files }) => await writeFile(files['model'] ?? '', '<html>'))).toMatchObject(
      unavailable,
    );
  });

  test('a file that is gone', async () => {
    expect(await broken(async ({ files }) => await rm(files['tokens'] ?? ''))).toMatchObject(unavailable);
  });

  test('a network of another kind than its record says, found out at loading or at the first sound', async () => {
    expect(await broken(async (copy) => ({ ...copy, family: 'paraformer' }))).toMatchObject(unavailable);
    expect(await broken(async (copy) => ({ ...copy, family: 'zipformer-ctc' }))).toMatchObject({
      ...{ kind: 'failed', message: expect.stringContaining('ended unexpectedly') as string },
      detail: expect.stringContaining('invalid dimensions') as string,
    });
  });

  test('a kind that nobody knows, or a file that the record does not name: it is not even tried', async () => {
    const odd = { ...model, family: 'odd' };
    expect(await recognize({}, odd)).toMatchObject({ message: expect.stringContaining("'odd'") as string });
    expect(sherpaAsr(odd, pool).supports('en')).toBe(false);
    const bare = { ...model, files: { tokens: model.files['tokens'] ?? '' } };
    expect(await recognize({}, bare)).toMatchObject({
      message: expect.stringContaining('no file for model') as string,
    });
  });

  test('the doctor hears why', async () => {
    const gone = { ...model, name: 'gone', files: { ...model.files, model: join(folder, 'none.onnx') } };
    expect(await sherpaAsr(gone, pool).availability(folder)).toMatchObject({
      ...{ kind: 'missing', reason: expect.stringContaining('none.onnx') as string },
      remedy: expect.stringContaining('models pull gone') as string,
    });
  });
});
