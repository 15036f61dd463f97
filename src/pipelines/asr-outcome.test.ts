import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../base/logger.ts';
import type { AsrEngine, AsrRequest } from '../engines/asr/asr-engine.ts';
import type { DiarizationOutcome, SpeakerDiarizer } from '../engines/diarization/speaker-diarizer.ts';
import type { LanguageIdentifier, LanguageOutcome } from '../engines/language-id/language-identifier.ts';
import type { PunctuationOutcome, Punctuator } from '../engines/punctuation/punctuator.ts';
import type { AccountId } from '../jobs/account.ts';
import type { HotwordLibrary } from '../jobs/hotword-library.ts';
import type { JobId } from '../jobs/job-id.ts';
import type { ExecutingJob } from '../jobs/smart-job.ts';
import type { ResultFile, WriteOutcome } from '../objects/result-files.ts';
import { asrParameters } from './asr-parameters.ts';
import type { AsrParts, Chosen, Heard } from './asr-work.ts';
import { chooseTheEngine, identifyLanguage } from './choose-asr-engine.ts';
import { cutIntoSentences, punctuateWords } from './finish-transcript.ts';
import type { PipelineOutcome } from './pipeline.ts';
import { recognizeSpeech } from './recognize-speech.ts';
import { done } from './step-outcomes.ts';
import { Steps, type Step } from './steps.ts';
import { tellSpeakersApart } from './tell-speakers-apart.ts';
import { writeTranscript } from './write-transcript.ts';

/* The steps from where somebody speaks to the result, with engines that say what a test wants. */

/** In place of the steps that fetch, decode and find speech. */
const hear: Step<Chosen, Heard> = {
  name: 'hearing',
  weight: 1,
  run: async (work) => {
    const decoded = { path: '', start: 0, expected: 3, maxSeconds: 3, wavPath: 'x.wav', seconds: 3, audio: 'A' };
    return done({ ...work, ...decoded, speech: [{ from: 0, to: 3 }] });
  },
};

const READY = async () => ({ kind: 'ready', version: '', detail: '' }) as const;

let scratch: string;
let written: readonly ResultFile[];
let saved: Map<string, string>;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'asr-pipeline-'));
  [written, saved] = [[], new Map()];
});
afterEach(() => rm(scratch, { recursive: true }));

function engine(name: string, languages: readonly string[], asked: AsrRequest[] = []): AsrEngine {
  return {
    ...{ name, takesHotwords: false, availability: READY },
    supports: (language) => language === undefined || languages.includes(language),
    async recognize(request) {
      asked.push(request);
      const from = request.speech[0]?.from ?? 0;
      const words = ['good', 'morning', 'hello'].map((text, index) => {
        return { text, from: from + index * 0.3, to: from + index * 0.3 + 0.2 };
      });
      return { kind: 'recognized', words };
    },
  };
}

const diarizer = (outcome: DiarizationOutcome, counts: unknown[] = []): SpeakerDiarizer => ({
  ...{ name: 'fake diarizer', longest: 60, availability: READY },
  diarize: async ({ speakers }) => {
    counts.push(speakers);
    return outcome;
  },
});
const identifier = (outcome: LanguageOutcome): LanguageIdentifier => ({
  ...{ name: 'fake identifier', availability: READY },
  identify: async () => outcome,
});
const punctuator = (outcome?: PunctuationOutcome): Punctuator => ({
  ...{ name: 'fake punctuator', availability: READY },
  supports: (language) => language === 'en',
  punctuate: async (words) =>
    outcome ?? { kind: 'punctuated', words: words.map(({ text, from, to }) => ({ text: `${text}.`, from, to })) },
});

async function run(config: object, parts: Partial<AsrParts> = {}): Promise<PipelineOutcome> {
  const resultFiles = {
    write: async (_account: AccountId, _id: JobId, files: readonly ResultFile[]): Promise<WriteOutcome> => {
      written = files;
      return { kind: 'written', files: { Json: 'oss://results/transcript.json' } };
    },
    remove: async () => undefined,
  };
  const facts = { account: '1', id: '0190', editingConfig: JSON.stringify(config), parameters: {} };
  const job = facts as unknown as ExecutingJob;
  const work = {
    parameters: asrParameters(job),
    parts: {
      fetchInput: async () => ({ kind: 'fetched', bytes: 0 }) as const,
      ...{ media: {}, engines: [engine('english', ['en']), engine('chinese', ['zh'])], resultFiles },
      ...parts,
    },
    run: {
      ...{ job, scratch, signal: new AbortController().signal, report: () => undefined, log: silentLogger },
      checkpoints: {
        get: async (key: string) => saved.get(key),
        save: async (key: string, value: string) => void saved.set(key, value),
      },
    },
  };
  const outcome = await Steps.startingWith(chooseTheEngine)
    .next(hear)
    .next(identifyLanguage)
    .next(tellSpeakersApart(1))
    .next(recognizeSpeech)
    .next(punctuateWords)
    .next(cutIntoSentences)
    .next(writeTranscript)
    .run(work, () => undefined);
  return outcome.kind === 'failed' ? outcome : { kind: 'finished', result: outcome.value };
}

const details = (outcome: PipelineOutcome): unknown => outcome.kind === 'finished' && outcome.result.details;
const failure = (outcome: PipelineOutcome): string =>
  outcome.kind === 'failed' ? `${outcome.failure.code}: ${outcome.failure.message}` : 'finished';
const json = (): { segments: { speaker?: string; content: string }[] } =>
  JSON.parse(written.find(({ type }) => type === 'Json')?.text ?? '{}') as ReturnType<typeof json>;

describe('the language of a job that names none', () => {
  test('is heard where there is a model for that, and the engine is chosen for it', async () => {
    const outcome = await run({}, { languages: identifier({ kind: 'identified', language: 'zh' }) });
    expect(details(outcome)).toMatchObject({ Engine: 'chinese', Language: 'zh' });
  });

  test('that no engine takes fails the job, with what was heard and how to say it', async () => {
    const outcome = await run({}, { languages: identifier({ kind: 'identified', language: 'fi' }) });
    expect(failure(outcome)).toMatch(
      /^UnsupportedLanguage: The recording is in 'fi', as it was heard\..*Language in/,
    );
  });

  test.each([
    ['unavailable', { kind: 'unavailable', message: 'no' }],
    ['failed', { kind: 'failed', message: 'no', detail: '' }],
  ] as const)('stays open where the model is %s', async (_what, heard) => {
    expect(details(await run({}, { languages: identifier(heard) }))).toMatchObject({ Engine: 'english' });
  });

  test('is not asked for where the job names one', async () => {
    const languages = identifier({ kind: 'identified', language: 'zh' });
    expect(details(await run({ Language: 'en' }, { languages }))).toMatchObject({
      Engine: 'english',
      Language: 'en',
    });
  });
});

describe('the hotwords of a job', () => {
  const library = { hotwords: [{ text: 'Dashwood', weight: 4 }] } as unknown as HotwordLibrary;
  const hotwords = { get: async (_account: AccountId, id: string) => (id === 'kept' ? library : undefined) };

  test('choose an engine that takes them, which is given them', async () => {
    const asked: AsrRequest[] = [];
    const listening = { ...engine('listening', ['en'], asked), takesHotwords: true };
    const engines = [engine('english', ['en']), listening];
    const outcome = await run({ HotwordLibraryIdList: 'kept' }, { engines, hotwords });
    expect(details(outcome)).toMatchObject({ Engine: 'listening' });
    expect(asked[0]?.hotwords).toEqual([{ text: 'Dashwood', weight: 4 }]);
  });

  test('fail it where no engine takes them, or the library is gone', async () => {
    expect(failure(await run({ HotwordLibraryIdList: 'kept' }, { hotwords }))).toContain('HotwordsUnsupported');
    expect(failure(await run({ HotwordLibraryIdList: 'gone' }, { hotwords }))).toContain('HotwordLibraryNotFound');
  });
});

describe('bare words', () => {
  test.each([
    ['get punctuation in a language that the model knows', 'en', punctuator(), 'good. morning. hello.'],
    ['stay bare in another language', 'zh', punctuator(), 'good morning hello'],
    [
      'stay bare where the model fails',
      'en',
      punctuator({ kind: 'failed', message: 'no', detail: '' }),
      'good morning hello',
    ],
  ] as const)('%s', async (_what, Language, model, content) => {
    const outcome = await run({ Language }, { punctuator: model });
    expect(outcome).toMatchObject({ kind: 'finished' });
    expect(
      json()
        .segments.map((segment) => segment.content)
        .join(' '),
    ).toBe(content);
  });
});

describe('who speaks', () => {
  const TURNS = [
    { from: 0, to: 0.55, speaker: 4 },
    { from: 0.55, to: 3, speaker: 2 },
  ];

  test('is told in the result files where the job asks, and AiResult stays as documented', async () => {
    const counts: unknown[] = [];
    const asks = { EnableSpeakerDiarization: true, SpeakerCount: 2 };
    const outcome = await run(asks, { diarizer: diarizer({ kind: 'diarized', turns: TURNS }, counts) });
    expect(counts).toEqual([2]);
    expect(new Set(json().segments.map(({ speaker }) => speaker))).toEqual(new Set(['Speaker 1', 'Speaker 2']));
    expect(details(outcome)).toMatchObject({ Speakers: 2 });
    const aiResult = outcome.kind === 'finished' ? outcome.result.aiResult : '';
    for (const segment of JSON.parse(aiResult) as object[]) {
      expect(Object.keys(segment)).toEqual(['content', 'from', 'to']);
    }
  });

  test('is not asked where the job does not', async () => {
    const outcome = await run({}, { diarizer: diarizer({ kind: 'unavailable', message: 'not asked' }) });
    expect(details(outcome)).not.toHaveProperty('Speakers');
    expect(json().segments[0]).not.toHaveProperty('speaker');
  });

  test('without a model fails before anything is fetched, and names the remedy', async () => {
    expect(failure(await run({ EnableSpeakerDiarization: true }))).toMatch(
      /^EngineUnavailable: .*smartjobs models pull \S+ && smartjobs models pull \S+$/,
    );
  });

  test.each([
    [
      'too-long',
      { kind: 'too-long', message: 'At most 2 hours.' },
      'InputFileTooLarge: At most 2 hours. Set StartTime',
    ],
    ['unavailable', { kind: 'unavailable', message: 'Pull it.' }, 'EngineUnavailable: Pull it.'],
    ['failed', { kind: 'failed', message: 'It broke.', detail: '' }, 'EngineFailed: It broke. Without Enable'],
  ] as const)('that is %s fails the job', async (_what, outcome, message) => {
    expect(failure(await run({ EnableSpeakerDiarization: true }, { diarizer: diarizer(outcome) }))).toContain(
      message,
    );
  });

  test('is found out once, also where the job is run again', async () => {
    const counts: unknown[] = [];
    const model = diarizer({ kind: 'diarized', turns: TURNS }, counts);
    await run({ EnableSpeakerDiarization: true }, { diarizer: model });
    const asked: AsrRequest[] = [];
    const engines = [engine('english', ['en'], asked)];
    expect(await run({ EnableSpeakerDiarization: true }, { diarizer: model, engines })).toMatchObject({
      kind: 'finished',
    });
    expect([counts.length, asked.length]).toEqual([1, 0]);
  });
});

describe('result files', () => {
  test('are written in every form, and named in the result', async () => {
    const outcome = await run({});
    expect(written.map(({ type }) => type)).toEqual(['Json', 'Srt', 'Vtt', 'Text']);
    expect(outcome).toMatchObject({ result: { files: { Json: 'oss://results/transcript.json' } } });
  });

  test('that cannot be written cost the files, not the transcript', async () => {
    const message = 'The result files were not written.';
    const resultFiles = {
      write: async () => ({ kind: 'refused', message }) as const,
      remove: async () => undefined,
    };
    const outcome = await run({}, { resultFiles });
    expect(details(outcome)).toMatchObject({ ResultFiles: message });
    expect(outcome.kind === 'finished' && outcome.result).not.toHaveProperty('files');
  });
});
