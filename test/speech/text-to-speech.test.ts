import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stat } from 'node:fs/promises';
import { flite } from '../../src/engines/tts/flite/flite.ts';
import { readPcmWav } from '../../src/engines/tts/audio/pcm-wav.ts';
import type { TtsEngine } from '../../src/engines/tts/tts-engine.ts';
import { limitStorage } from '../../src/objects/limited-store.ts';
import type { JobResult } from '../../src/jobs/smart-job.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import { ACCOUNT } from '../support/run-job.ts';
import { codeOf } from './run-pipeline.ts';
import { MEDIA_ID, SpeechBench, WORK_BUCKET } from './run-tts.ts';

let bench: SpeechBench;
beforeEach(async () => {
  bench = await SpeechBench.open();
});
afterEach(() => bench.close());

const THREE = 'The first sentence. The second sentence. The third sentence.';

function resultOf(outcome: PipelineOutcome): JobResult {
  if (outcome.kind === 'failed') throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`);
  return outcome.result;
}

function sentencesOf(outcome: PipelineOutcome): { content: string; from: number; to: number }[] {
  return JSON.parse(resultOf(outcome).aiResult) as { content: string; from: number; to: number }[];
}

async function textOf(address: string | undefined): Promise<string> {
  const [, bucket = '', key = ''] = /^oss:\/\/([^/]+)\/(.*)$/.exec(address ?? '') ?? [];
  const found = await bench.objects.read(ACCOUNT, bucket, key);
  if (found.kind !== 'found') throw new Error(found.kind);
  const parts: Buffer[] = [];
  for await (const part of found.object.stream()) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** An engine that breaks down at a text, as often as it is said. */
function failingAt(text: string, times = Infinity): TtsEngine {
  let failures = 0;
  return {
    ...flite(),
    async synthesize(request) {
      const isIt = request.spoken.some((piece) => piece.text.includes(text));
      if (!isIt || failures >= times) return await flite().synthesize(request);
      failures += 1;
      return { kind: 'failed', message: 'flite ended unexpectedly on this text.', detail: '' };
    },
  };
}

describe('a speech job', () => {
  test('tells its sentences, who spoke them, and where to hear and read them', async () => {
    const result = resultOf(await bench.run({ text: 'Hello <there>. 你好。', editingConfig: { voice: 'abby' } }));
    expect(result.output).toBe(result.aiResult);
    expect(result).toMatchObject({
      ...{ mediaId: MEDIA_ID, mediaObject: 'oss://speech/a.wav' },
      details: {
        ...{ Engine: 'flite, espeak-ng', Voice: 'flite:slt, espeak-ng:cmn+f2', Language: 'en, zh', Format: 'WAV' },
        ...{ SampleRate: 22_050, VoiceRemark: expect.stringContaining('Spoken here by SLT') },
      },
    });
    expect(JSON.parse(result.aiResult)).toMatchObject([{ content: 'Hello <there>.' }, { content: '你好。' }]);
    expect(await textOf(result.files?.Srt)).toMatch(/^1\n00:00:00,0\d+ --> 00:00:0\d,\d+\nHello/);
    expect(await textOf(result.files?.Vtt)).toContain('Hello &lt;there&gt;.');
    const seconds = Number(result.details?.['AudioSeconds']);
    const pcm = await readPcmWav(await bench.recording());
    expect((pcm?.samples.length ?? 0) / 22_050).toBeCloseTo(seconds, 1);
    expect(bench.settled).toEqual([
      { mediaId: MEDIA_ID, outcome: { status: 'Normal', duration: expect.closeTo(seconds, 1) } },
    ]);
  });

  test('reports progress by what it has spoken, never backwards', async () => {
    await bench.run({ text: THREE });
    const percents = bench.progress.map(({ percent }) => percent);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(new Set(percents.filter((percent) => percent > 1 && percent < 90)).size).toBeGreaterThanOrEqual(2);
    expect(percents.at(-1)).toBe(100);
  });

  test.each([
    ['a.pcm', 2],
    ['a.mp3', 0.25],
  ])('writes %s', async (object, bytesPerSample) => {
    const outcome = await bench.run({ text: THREE, object, editingConfig: { sample_rate: 16_000 } });
    const seconds = Number(resultOf(outcome).details?.['AudioSeconds']);
    const { size } = await stat(await bench.recording(object));
    expect(size / (seconds * 16_000 * bytesPerSample)).toBeCloseTo(object === 'a.mp3' ? 2 : 1, 0);
  });

  test('leaves no work files when it is done', async () => {
    await bench.run({ text: THREE });
    expect(await bench.workFile(0)).toBe(false);
  });

  test('of a voice that is gone, of none at all, or of kanji for espeak-ng fails by name', async () => {
    expect(codeOf(await bench.run({ text: 'Hi', editingConfig: { voice: 'nobody' } }))).toBe('VoiceUnavailable');
    expect(codeOf(await bench.run({ text: 'Hello' }, []))).toBe('VoiceUnavailable');
    expect(await bench.run({ text: 'これは日本語の文です。' })).toMatchObject({
      failure: { code: 'TextUnspeakable', message: expect.stringContaining('日本語') },
    });
    expect(bench.settled).toEqual([]);
  });
});

describe('a run after another one', () => {
  test('speaks only what is missing, and the recording is the same', async () => {
    const before = await bench.run({ text: THREE }, [failingAt('third')]);
    expect(before).toMatchObject({
      failure: { code: 'EngineFailed', message: expect.stringContaining("'The third sentence.'") },
    });
    expect([await bench.workFile(0), await bench.workFile(1), await bench.workFile(2)]).toEqual([
      true,
      true,
      false,
    ]);
    const again = await bench.run({ text: THREE });
    expect(bench.spoken).toEqual([
      ...['The first sentence.', 'The second sentence.', 'The third sentence.'],
      'The third sentence.',
    ]);
    const whole = await readPcmWav(await bench.recording());

    const fresh = await SpeechBench.open();
    const once = await fresh.run({ text: THREE });
    expect(sentencesOf(again)).toEqual(sentencesOf(once));
    expect(whole).toEqual(await readPcmWav(await fresh.recording()));
    await fresh.close();
  });

  test('speaks everything anew where voice, speed or sample rate are others', async () => {
    await bench.run({ text: THREE }, [failingAt('third')]);
    for (const editingConfig of [{ voice: 'flite:rms' }, { sample_rate: 8000 }, { pitch_rate: 100 }]) {
      bench.spoken.length = 0;
      await bench.run({ text: THREE, editingConfig }, [failingAt('third')]);
      expect(bench.spoken).toHaveLength(3);
    }
  });

  test('speaks a chunk anew whose file was changed or removed', async () => {
    await bench.run({ text: THREE }, [failingAt('third')]);
    await bench.objects.put(ACCOUNT, WORK_BUCKET, bench.workKey(0), one('spoilt'));
    bench.spoken.length = 0;
    await bench.run({ text: THREE });
    expect(bench.spoken).toEqual(['The first sentence.', 'The third sentence.']);
  });

  test('that lost its job writes nothing', async () => {
    const control = new AbortController();
    const slow: TtsEngine = {
      ...flite(),
      async synthesize(request) {
        control.abort(new Error('canceled'));
        return await flite().synthesize(request);
      },
    };
    await expect(bench.run({ text: THREE, signal: control.signal }, [slow])).rejects.toThrow('canceled');
    await expect(bench.recording()).rejects.toThrow('no-such-bucket');
    expect(bench.settled).toEqual([]);
  });
});

describe('the object that the caller named', () => {
  const other = async (): Promise<void> => {
    await bench.objects.createBucket(ACCOUNT, 'speech');
    await bench.objects.put(ACCOUNT, 'speech', 'a.wav', one('of another'));
  };

  test('is replaced, unless Overwrite is false', async () => {
    await other();
    expect(codeOf(await bench.run({ text: THREE, overwrite: false }))).toBe('OutputObjectExists');
    expect(await textOf('oss://speech/a.wav')).toBe('of another');
    expect(codeOf(await bench.run({ text: THREE }))).toBe('finished');
    expect((await stat(await bench.recording())).size).toBeGreaterThan(10_000);
  });

  test('is known as its own by a run that comes after a crash', async () => {
    expect(codeOf(await bench.run({ text: THREE, overwrite: false }))).toBe('finished');
    expect(codeOf(await bench.run({ text: THREE, overwrite: false }))).toBe('finished');
    expect(bench.settled).toHaveLength(2);
  });

  test('is refused in a bucket of another account', async () => {
    const stranger = '1111111111111111' as typeof ACCOUNT;
    await bench.objects.createBucket(stranger, 'theirs');
    const outcome = await bench.run({ text: THREE, bucket: 'theirs' });
    expect(outcome).toMatchObject({
      failure: { code: 'OutputNotWritten', message: expect.stringContaining('theirs') },
    });
  });
});

test('within a quota there is room for the recording or for its chunks, and the job makes do', async () => {
  const size = async (maxBytes: number): Promise<PipelineOutcome> => {
    const small = await SpeechBench.open((store) => limitStorage(store, { maxBytes, storedBytes: async () => 0 }));
    const outcome = await small.run({ text: THREE });
    await small.close();
    return outcome;
  };
  const seconds = Number(resultOf(await bench.run({ text: THREE })).details?.['AudioSeconds']);
  expect(codeOf(await size(Math.round(seconds * 32_000 * 1.1)))).toBe('finished');
  expect(await size(1000)).toMatchObject({
    failure: { code: 'OutputNotWritten', message: expect.stringContaining('1000 bytes') },
  });
});

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
