import { expect, test } from 'vitest';
import type { AsrEngine } from './asr-engine.ts';
import { chooseEngine, primaryLanguage } from './choose-engine.ts';
import { openAiHttp } from './openai-http.ts';
import { pocketSphinx } from './pocketsphinx.ts';

const http = openAiHttp({ baseUrl: 'http://speech.example:9000', model: 'm' });
const chosen = (engines: AsrEngine[], language?: string): string => {
  const choice = chooseEngine(engines, language);
  return choice.kind === 'chosen' ? choice.engine.name : choice.message;
};

test('a configured speech server takes every job', () => {
  for (const language of [undefined, 'en', 'zh-CN']) {
    expect(chosen([http, pocketSphinx()], language)).toBe('speech server speech.example:9000');
  }
});

test('without one, PocketSphinx takes English and jobs that name no language', () => {
  for (const language of [undefined, 'en', 'en-US'])
    expect(chosen([pocketSphinx()], language)).toBe('PocketSphinx');
});

test('another language is refused with the remedy', () => {
  const message = chosen([pocketSphinx()], 'zh-CN');
  expect(message).toContain("'zh-CN'");
  expect(message).toContain('SMARTJOBS_ASR_URL');
});

test('the primary language leaves script and region out', () => {
  expect(['zh-Hans-CN', 'EN', 'yue'].map(primaryLanguage)).toEqual(['zh', 'en', 'yue']);
});
