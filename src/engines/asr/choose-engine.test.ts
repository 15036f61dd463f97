import { describe, expect, test } from 'vitest';
import type { AsrEngine } from './asr-engine.ts';
import { chooseEngine, describeChoices, primaryLanguage, type EngineNeeds } from './choose-engine.ts';
import { openAiHttp } from './openai-http.ts';
import { pocketSphinx } from './pocketsphinx.ts';

const http = openAiHttp({ baseUrl: 'http://speech.example:9000', model: 'm' });

/** An engine as sherpa.ts makes them of an installed model. */
function model(name: string, family: string, languages: readonly string[]): AsrEngine {
  return {
    name: `sherpa-onnx ${name}`,
    model: { name, task: 'asr', family, languages, folder: '/', files: {} },
    takesHotwords: family === 'transducer',
    supports: (language) =>
      language === undefined ? languages.length !== 1 : languages.includes(primaryLanguage(language)),
    recognize: async () => ({ kind: 'recognized', words: [] }),
    availability: async () => ({ kind: 'ready', version: '', detail: '' }),
  };
}

const sense = model('sense', 'sense-voice', ['zh', 'en', 'ja', 'ko', 'yue']);
const parakeet = model('parakeet', 'nemo-transducer', ['en', 'de', 'es', 'fr', 'it', 'pl']);
const tiny = model('whisper-tiny', 'whisper', ['en', 'de', 'zh', 'ar', 'es', 'fr', 'it', 'pl']);
const turbo = model('whisper-turbo', 'whisper', ['en', 'de', 'zh', 'ar', 'es', 'fr', 'it', 'pl']);
const english = model('zipformer', 'transducer', ['en']);
const everything = [http, tiny, turbo, sense, parakeet, english, pocketSphinx()];
const models = everything.slice(1);

const chosen = (engines: AsrEngine[], language?: string, needs?: EngineNeeds): string => {
  const choice = chooseEngine(engines, language, needs);
  return choice.kind === 'chosen' ? choice.engine.name.replace('sherpa-onnx ', '') : choice.message;
};

test('a configured speech server takes every job', () => {
  for (const language of [undefined, 'en', 'zh-CN', 'sw']) {
    expect(chosen(everything, language)).toBe('speech server speech.example:9000');
  }
});

test('out of the box, PocketSphinx takes English and jobs that name no language', () => {
  for (const language of [undefined, 'en', 'en-US'])
    expect(chosen([pocketSphinx()], language)).toBe('PocketSphinx');
});

test.each([
  ['zh-Hans-CN', 'sense'],
  ['yue', 'sense'],
  ['de', 'parakeet'],
  ['en-GB', 'parakeet'],
  ['ar', 'whisper-turbo'],
])('the best of the installed models takes %s: %s', (language, name) => {
  expect(chosen(models, language)).toBe(name);
  expect(chosen(models.slice(0, -1).toReversed(), language)).toBe(name);
});

test('where the language is open, an engine that finds out goes before one that knows English alone', () => {
  expect(chosen([english, sense, parakeet, pocketSphinx()])).toBe('parakeet');
  expect(chosen([english, pocketSphinx()])).toBe('PocketSphinx');
});

test('for jobs with hotwords, engines that take them go first, but only for languages that they know', () => {
  expect(chosen(models, 'en', { hotwords: true })).toBe('zipformer');
  expect(chosen(models, 'zh', { hotwords: true })).toBe('sense');
});

describe('the model that the operator sets', () => {
  test('goes before everything else in its languages and where the language is open', () => {
    const set = (language?: string): string => chosen(everything, language, { preferred: 'zipformer' });
    expect([set('en'), set(), set('zh')]).toEqual(['zipformer', 'zipformer', 'speech server speech.example:9000']);
  });

  test('may be named as the engine is', () => {
    expect(chosen(everything, 'en', { preferred: 'PocketSphinx' })).toBe('PocketSphinx');
  });
});

test('a choice says why', () => {
  const why = (engines: AsrEngine[], language?: string, needs?: EngineNeeds): string => {
    const choice = chooseEngine(engines, language, needs);
    return choice.kind === 'chosen' ? choice.reason : '';
  };
  expect(why(everything, 'zh')).toBe("It goes before the others that take 'zh'.");
  expect(why(models, 'zh')).toBe("The best model here for 'zh'.");
  expect(why([pocketSphinx()])).toBe('No other engine takes jobs that name no language.');
  expect(why(models, 'en', { hotwords: true })).toBe("It takes hotwords and 'en'.");
  expect(why(everything, 'en', { preferred: 'sense' })).toBe('The operator set sense.');
});

test('another language is refused with what there is and the remedies', () => {
  const message = chosen([sense, pocketSphinx()], 'sw-KE');
  for (const part of ["'sw-KE'", 'en, ja, ko, yue, zh', 'SMARTJOBS_ASR_URL', 'smartjobs models pull']) {
    expect(message).toContain(part);
  }
});

test('the doctor sees which engine takes which language', () => {
  const rows = describeChoices([sense, pocketSphinx()]).map(({ language, engine }) => [language, engine]);
  expect(rows).toEqual([
    [undefined, 'sherpa-onnx sense'],
    ...['en', 'ja', 'ko', 'yue', 'zh'].map((language) => [language, 'sherpa-onnx sense']),
  ]);
});

test('the primary language leaves script and region out', () => {
  expect(['zh-Hans-CN', 'EN', 'yue'].map(primaryLanguage)).toEqual(['zh', 'en', 'yue']);
});
