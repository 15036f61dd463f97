import { expect, test } from 'vitest';
import { compareAccents, isPlainForm, languageName, primaryLanguage, readsLettersOf } from './spoken-language.ts';

test.each([
  ['zh', 'zh'],
  ['cmn', 'zh'],
  ['cmn-latn-pinyin', 'zh'],
  ['zh-TW', 'zh'],
  ['zh-yue', 'yue'],
  ['zh_HK', 'yue'],
  ['yue-HK', 'yue'],
  ['en-GB-scotland', 'en'],
  ['tl', 'fil'],
  ['no', 'nb'],
  ['', ''],
])('the language of %j is %j', (tag, language) => {
  expect(primaryLanguage(tag)).toBe(language);
});

test.each([
  ['en-GB', 'en-gb-scotland', 'same'],
  ['en-GB', 'en-US', 'other'],
  ['zh-CN', 'cmn', 'unsaid'],
  ['en', 'en-US', 'unsaid'],
  ['es-419', 'es-ES', 'other'],
] as const)('of %s the accent of %s is %s', (wanted, spoken, accent) => {
  expect(compareAccents(wanted, spoken)).toBe(accent);
});

test.each([
  ['fr', 'en', true],
  ['zh', 'en', false],
  ['en', 'zh', false],
  ['ja', 'zh', true],
  ['zh', 'ja', false],
  ['ko', 'ko', true],
  ['zh', 'ko', false],
])('a %s voice reads the letters of %s: %s', (reader, language, reads) => {
  expect(readsLettersOf(reader, language)).toBe(reads);
});

test.each([
  ['fr-FR', 'fr', true],
  ['fr-be', 'fr', false],
  ['vi', 'vi', true],
  ['vi-vn-x-south', 'vi', false],
  ['en-gb', 'en-GB', true],
  ['en-us', 'en-GB', false],
  ['es', 'fr', false],
  ['not a tag', 'not a tag', true],
])('%s is the plain form of %s: %s', (tag, wanted, isPlain) => {
  expect(isPlainForm(tag, wanted)).toBe(isPlain);
});

test('a tag that is none is its own name', () => {
  expect([languageName('yue'), languageName('not a tag')]).toEqual(['Cantonese', 'not a tag']);
});
