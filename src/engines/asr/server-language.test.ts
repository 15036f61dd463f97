import { expect, test } from 'vitest';
import { languageHints, languageTag } from './server-language.ts';

test.each([
  ['en', ['en']],
  ['en-GB', ['en']],
  ['zh-Hans-CN', ['zh']],
  ['zho', ['zh']],
  ['cmn', ['zh']],
  ['zh-cmn-Hans', ['zh']],
  ['yue', ['yue', 'zh']],
  ['zh-yue-HK', ['yue', 'zh']],
  ['deu', ['de']],
  ['ger', ['de']],
  ['jpn', ['ja']],
  ['iw', ['he']],
  ['nb-NO', ['no']],
  ['fil', ['tl']],
  ['gsw', ['gsw']],
  ['und', []],
  ['mul', []],
  ['not a tag', []],
  ['', []],
])('%s is asked for as %j', (tag, hints) => {
  expect(languageHints(tag)).toEqual(hints);
});

test.each([
  ['en', 'en'],
  ['english', 'en'],
  ['English', 'en'],
  ['en-US', 'en'],
  ['zh_CN', 'zh'],
  ['chinese', 'zh'],
  ['cantonese', 'yue'],
  ['german', 'de'],
  ['castilian', 'es'],
  ['haitian creole', 'ht'],
  ['tl', 'fil'],
  ['jw', 'jv'],
  ['jpn', 'ja'],
  ['', undefined],
  ['und', undefined],
  ['auto', undefined],
  ['klingonese tongue', undefined],
])('a server that says "%s" heard %s', (answered, tag) => {
  expect(languageTag(answered)).toBe(tag);
});
