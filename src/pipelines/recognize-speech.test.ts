import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../base/logger.ts';
import type { AsrEngine, AsrOutcome, AsrRequest } from '../engines/asr/asr-engine.ts';
import type { Told } from './asr-work.ts';
import { recognizeSpeech } from './recognize-speech.ts';

let scratch: string;
let checkpoints: Map<string, string>;
let asked: AsrRequest[];
let progress: number[];
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'recognize-'));
  checkpoints = new Map();
  asked = [];
  progress = [];
});
afterEach(() => rm(scratch, { recursive: true }));

/** Four segments of 10 s, 2 s apart: two groups of 20 s. */
const SPEECH = [0, 1, 2, 3].map((index) => ({ from: 12 * index, to: 12 * index + 10 }));

/** Hears a word at the beginning of each segment. */
const hear = async ({ speech, onProgress }: AsrRequest): Promise<AsrOutcome> => {
  onProgress(0.5);
  return { kind: 'recognized', words: speech.map(({ from }) => ({ text: `at${from}`, from, to: from + 1 })) };
};

function engine(recognize: (request: AsrRequest) => Promise<AsrOutcome> = hear, name = 'fake'): AsrEngine {
  return {
    ...{ name, takesHotwords: true, supports: () => true },
    recognize: (request) => {
      asked.push(request);
      return recognize(request);
    },
    availability: async () => ({ kind: 'ready', version: '', detail: '' }),
  };
}

function work(changes: Partial<Told> = {}): Told {
  return {
    run: {
      ...{ scratch, log: silentLogger, signal: new AbortController().signal },
      checkpoints: {
        get: async (key: string) => checkpoints.get(key),
        save: async (key: string, value: string) => void checkpoints.set(key, value),
      },
    },
    parts: { groupSeconds: 20 },
    ...{ engine: engine(), language: undefined, hotwords: [], wavPath: 'x.wav', audio: 'AUDIO' },
    ...{ start: 0, seconds: 50, speech: SPEECH, turns: [] },
    ...changes,
  } as unknown as Told;
}

async function words(of: Told): Promise<string[]> {
  const outcome = await recognizeSpeech.run(of, (fraction) => progress.push(fraction));
  return outcome.kind === 'done' ? outcome.value.words.map(({ text }) => text) : [outcome.failure.code];
}

const ALL = ['at0', 'at12', 'at24', 'at36'];

describe('a long recording', () => {
  test('is recognized group by group, each in an empty folder that is removed, with rising progress', async () => {
    const seen: string[][] = [];
    const untidy = engine(async (request) => {
      seen.push(await readdir(request.scratch));
      await writeFile(join(request.scratch, 'left-over'), '');
      return hear(request);
    });
    expect(await words(work({ engine: untidy }))).toEqual(ALL);
    expect(asked.map(({ speech }) => speech)).toEqual([SPEECH.slice(0, 2), SPEECH.slice(2)]);
    expect([seen, await readdir(scratch)]).toEqual([[[], []], []]);
    expect(progress).toEqual([0.25, 0.5, 0.75]);
  });

  test('goes on at the first group that is missing', async () => {
    const dies = engine(async (request) => {
      if (request.speech[0]?.from === 24) throw new Error('killed');
      return hear(request);
    });
    await expect(words(work({ engine: dies }))).rejects.toThrow('killed');
    expect(checkpoints.size).toBe(1);
    await rm(join(scratch, 'group-1'), { recursive: true });
    [asked, progress] = [[], []];
    expect(await words(work())).toEqual(ALL);
    expect(asked.map(({ speech }) => speech)).toEqual([SPEECH.slice(2)]);
    expect(progress).toEqual([0.5, 0.75]);
    asked = [];
    expect(await words(work())).toEqual(ALL);
    expect(asked).toEqual([]);
  });

  test.each([
    ['other audio', { audio: 'OTHER' }],
    ['another engine', { engine: engine(hear, 'other') }],
    ['another model', { engine: { ...engine(), model: { name: 'm' } } as AsrEngine }],
    ['another language', { language: 'de' }],
    ['other hotwords', { hotwords: [{ text: 'x', weight: 1 }] }],
    ['other speech', { speech: SPEECH.map(({ from, to }) => ({ from, to: to - 0.5 })) }],
  ] as const)('is recognized anew with %s', async (_what, changes) => {
    await words(work());
    asked = [];
    await words(work(changes));
    expect(asked).toHaveLength(2);
  });

  test('of which an engine gives up a group fails, and that group is tried again by the next run', async () => {
    const gives = engine(async (request) =>
      request.speech[0]?.from === 24 ? { kind: 'failed', message: 'no', detail: '' } : hear(request),
    );
    expect(await words(work({ engine: gives }))).toEqual(['EngineFailed']);
    asked = [];
    expect(await words(work())).toEqual(ALL);
    expect(asked).toHaveLength(1);
  });
});

describe('what was recognized', () => {
  const saying = (...texts: string[]): AsrEngine =>
    engine(async ({ speech: [segment] }) => {
      const from = segment?.from ?? 0;
      return {
        kind: 'recognized',
        language: from === 0 ? 'en' : 'zh',
        words: texts.map((text, index) => ({ text, from: from + index / 10, to: from + index / 10 + 0.1 })),
      };
    });

  test('has no loops, and no words where nobody speaks', async () => {
    const looping = saying(...Array.from({ length: 40 }, () => ['thank', 'you']).flat());
    expect(await words(work({ engine: looping }))).toEqual(['thank', 'you']);
    const inventing = engine(async () => ({
      kind: 'recognized',
      words: [{ text: 'ghost', from: 10.6, to: 11.4 }],
    }));
    checkpoints.clear();
    expect(await words(work({ engine: inventing }))).toEqual(['NoValidVocal']);
  });

  test('is in the language that was asked for, else in the one that most groups were heard in', async () => {
    const languageOf = async (of: Told): Promise<unknown> => {
      const outcome = await recognizeSpeech.run(of, () => undefined);
      return outcome.kind === 'done' && outcome.value.language;
    };
    const parts = { groupSeconds: 10 } as Told['parts'];
    expect(await languageOf(work({ engine: saying('a'), parts }))).toBe('zh');
    expect(await languageOf(work({ engine: saying('a'), parts, language: 'de' }))).toBe('de');
    checkpoints.clear();
    expect(await languageOf(work({ parts }))).toBeUndefined();
  });
});
