import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InstalledModel } from '../../src/engines/models/model.ts';
import { SherpaPool } from '../../src/engines/sherpa/sherpa-pool.ts';
import { readPcmWav } from '../../src/engines/tts/audio/pcm-wav.ts';
import { sherpaTts } from '../../src/engines/tts/sherpa/sherpa-tts.ts';
import type { TtsOutcome } from '../../src/engines/tts/tts-engine.ts';
import { SpeechBench } from '../speech/run-tts.ts';
import { hertzOfLetter, LETTER, LOUDNESS, VITS_RATE, writeToneVits } from './tone-vits.ts';

const pool = new SherpaPool({ processes: 1 });
let folder: string;
let model: InstalledModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sherpa-tts-'));
  model = await writeToneVits(join(folder, 'tone-vits'), { speaker_names: 'af_anna,bm_ben' });
});
afterAll(async () => {
  await pool.stop();
  await rm(folder, { recursive: true });
});

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(folder, 'run-'));
});

const say = (
  text: string,
  { voice = 'tone-vits:af_anna', of = model, signal = new AbortController().signal, pinyin = false } = {},
): Promise<TtsOutcome> =>
  sherpaTts(of, pool).synthesize({
    ...{ voice, language: 'en', rate: 1, wavPath: join(scratch, 'said.wav'), scratch, signal },
    spoken: pinyin ? [{ kind: 'pinyin', text, syllables: ['ni3'] }] : [{ kind: 'text', text }],
  });

async function sound(): Promise<Int16Array> {
  return (await readPcmWav(join(scratch, 'said.wav')))?.samples ?? new Int16Array();
}

/** Hertz, by how often the sound crosses zero upwards. */
function hertz(samples: Int16Array): number {
  const rises = samples.filter((sample, index) => sample >= 0 && (samples[index - 1] ?? 0) < 0).length;
  return (rises * VITS_RATE) / samples.length;
}

describe('a model of the VITS form, through the real library', () => {
  test('says each letter of a text in its order', async () => {
    expect(await say('Hello')).toEqual({
      ...{ kind: 'synthesized', wavPath: join(scratch, 'said.wav'), sampleRate: VITS_RATE, seconds: 0.5 },
    });
    const samples = await sound();
    for (const [index, letter] of Array.from('hello').entries()) {
      const heard = hertz(samples.subarray(index * LETTER, (index + 1) * LETTER));
      expect(Math.abs(heard - hertzOfLetter(letter))).toBeLessThan(25);
    }
  });

  test('several sentences are one sound', async () => {
    expect(await say('one two. three four! five six')).toMatchObject({ kind: 'synthesized', seconds: 2.9 });
  });

  test('speaks as the person of the voice, and knows who there is', async () => {
    const voices = await sherpaTts(model, pool).voices();
    expect(voices.map(({ id, gender, languages }) => [id, gender, languages])).toEqual([
      ['tone-vits:af_anna', 'Female', ['en-US']],
      ['tone-vits:bm_ben', 'Male', ['en-GB']],
    ]);
    for (const [index, { id }] of voices.entries()) {
      await say('aaaa', { voice: id });
      const peak = Math.max(...(await sound()));
      expect(peak / 32_767).toBeCloseTo(LOUDNESS[index] ?? 0, 2);
    }
  });

  test('hundreds of requests of a voice go through one process', async () => {
    for (let index = 0; index < 200; index += 1) {
      expect((await say('abc')).kind).toBe('synthesized');
    }
    expect(pool.pids).toHaveLength(1);
  });

  test('an unknown voice, pinyin, and letters that it does not know are told by their names', async () => {
    expect(await say('abc', { voice: 'tone-vits:nobody' })).toEqual({
      kind: 'unavailable',
      message: "The model tone-vits has no voice 'tone-vits:nobody'.",
    });
    expect(await say('你', { pinyin: true })).toMatchObject({ kind: 'unsupported' });
    expect(await say('你好')).toMatchObject({ kind: 'unsupported', message: expect.stringContaining('no sounds') });
    expect((await say('abc')).kind).toBe('synthesized');
  });

  test('files that are no network are unavailable, and the doctor says so', async () => {
    const path = join(folder, 'broken.onnx');
    await writeFile(path, 'nothing of a network');
    const broken = { ...model, name: 'broken', files: { ...model.files, model: path } };
    expect(await say('abc', { of: broken, voice: 'broken:speaker' })).toMatchObject({
      ...{ kind: 'unavailable', message: expect.stringContaining('smartjobs models verify broken') },
    });
    expect(await sherpaTts(broken, pool).availability(scratch)).toMatchObject({ kind: 'missing' });
    expect(await sherpaTts(model, pool).availability(scratch)).toMatchObject({
      ...{ kind: 'ready', detail: 'vits: en; 2 voices' },
    });
  });

  test('a whole job is spoken with it, at another speed and rate', async () => {
    const bench = await SpeechBench.open();
    const editingConfig = { voice: 'bm_ben', speech_rate: 500, sample_rate: 8000 };
    const outcome = await bench.run({ text: 'hello hello hello hello.', editingConfig }, [sherpaTts(model, pool)]);
    const pcm = await readPcmWav(await bench.recording());
    await bench.close();
    expect(outcome).toMatchObject({
      ...{ kind: 'finished', result: { details: { Engine: 'sherpa-onnx tone-vits', Voice: 'tone-vits:bm_ben' } } },
    });
    expect(pcm?.sampleRate).toBe(8000);
    // 24 letters of a tenth of a second, at twice the speed.
    expect(Math.abs((pcm?.samples.length ?? 0) / 8000 - 1.2)).toBeLessThan(0.1);
  });

  test('an abort ends it with its reason', async () => {
    const control = new AbortController();
    control.abort(new Error('enough'));
    await expect(say('abc', { signal: control.signal })).rejects.toThrow('enough');
  });
});
