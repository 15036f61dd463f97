import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogger } from '../../base/logger.ts';
import type { AsrEngine, AsrRequest } from '../../engines/asr/asr-engine.ts';
import type { LibraryHotword } from '../../jobs/hotword-library.ts';
import type { StepOutcome } from '../steps.ts';
import { recognizeSource } from './recognize-source.ts';
import type { Listened, Recognized } from './translation-work.ts';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'recognize-source-'));
});
afterAll(() => rm(scratch, { recursive: true }));

const WORDS: readonly LibraryHotword[] = [
  { text: 'Dashwood', weight: 3, language: 'en' },
  { text: 'mansion', weight: -6, translations: [{ text: 'caserón', language: 'es' }] },
];

/** A job with that library, on an engine that says one word. */
async function recognized(
  takesHotwords: boolean,
): Promise<{ asked: AsrRequest[]; outcome: StepOutcome<Recognized> }> {
  const asked: AsrRequest[] = [];
  const engine: AsrEngine = {
    ...{ name: 'fake', takesHotwords, supports: () => true },
    recognize: async (request) => {
      asked.push(request);
      return { kind: 'recognized', words: [{ text: 'hello', from: 0, to: 1 }] };
    },
    availability: async () => ({ kind: 'ready', version: '', detail: '' }),
  };
  const work: unknown = {
    run: {
      job: { account: 'a', editingConfig: JSON.stringify({ HotwordLibraryIdList: ['kept'] }) },
      ...{ scratch, signal: new AbortController().signal, log: silentLogger },
      checkpoints: { get: async () => undefined, save: async () => undefined },
    },
    parts: {
      recognition: { engines: [engine] },
      hotwords: { get: async (_: string, id: string) => (id === 'kept' ? { hotwords: WORDS } : undefined) },
    },
    settings: { textSource: 'ASR', source: 'en', level: 'subtitle', voice: undefined },
    sound: { wavPath: 'x.wav', seconds: 2, audio: 'AUDIO', speech: [{ from: 0, to: 2 }] },
    ...{ hotwords: WORDS, seconds: 2, warnings: [] },
  };
  const listened = work as Listened;
  return { outcome: await recognizeSource(listened).run(listened, () => undefined), asked };
}

test('the words of a library are listened for, by an engine that takes them', async () => {
  const { asked, outcome } = await recognized(true);
  expect(asked.map(({ hotwords }) => hotwords)).toEqual([[{ text: 'Dashwood', weight: 3 }]]);
  expect(outcome).toMatchObject({ kind: 'done', value: { recognizer: 'fake', warnings: [] } });
});

test('an engine that takes none does not end the job, but a warning says so', async () => {
  const { asked, outcome } = await recognized(false);
  expect(asked.map(({ hotwords }) => hotwords)).toEqual([undefined]);
  expect(outcome).toMatchObject({
    kind: 'done',
    value: {
      warnings: ['fake, which recognized the speech, takes no hotwords: their translations alone were used.'],
    },
  });
});
