import { expect, test } from 'vitest';
import { isLanguage, knownLanguage, readsFromRight, wordsFor } from './chart-language.ts';
import { valueWriter } from './number-format.ts';

test.each([
  [['Sales', '売上の内訳'], 'ja'],
  [['매출액 單位'], 'ko'],
  [['营业额 Sales'], 'zh-CN'],
  [['مبيعات'], 'ar-u-nu-latn'],
  [['Verkäufe'], 'en'],
  [[], 'en'],
])('texts %j are taken for %s', (texts, language) => {
  expect(knownLanguage(undefined, texts)).toBe(language);
});

test('a language that is given is the one, with Latin digits; what is none is passed over', () => {
  const write = (given: string, value: number): string =>
    valueWriter([{ name: '', values: [value] }], knownLanguage(given, []))(value);
  expect(write('de', 1_234_567)).toBe('1,2\u00a0Mio.');
  expect(write('zh-TW', 1_234_567)).toBe('123.5萬');
  expect(write('bn', 1234.5)).toBe('1,234.5');
  expect(write('fa-u-nu-arabext', 1)).toBe('1');
  expect(knownLanguage('not a language', ['销售'])).toBe('zh-CN');
  expect(wordsFor(knownLanguage('de-AT', [])).other).toBe('Sonstige');
  expect(wordsFor(knownLanguage('zh-TW', [])).noData).toBe('無資料');
  expect(['de', 'zh-Hant-TW', 'x'.repeat(9), '', 'a b'].map(isLanguage)).toEqual([true, true, false, false, false]);
});

test('a text begins on the side of its first letter', () => {
  expect(['2024 مبيعات', 'שלום', 'Sales مبيعات', '2024', ''].map(readsFromRight)).toEqual([
    ...[true, true, false, false, false],
  ]);
});
