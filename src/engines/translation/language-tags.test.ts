import { describe, expect, test } from 'vitest';
import { canonicalTag, isoLetters, isSameLanguage, tagFit } from './language-tags.ts';

test.each([
  ['eng', 'en'],
  ['EN_us', 'en-US'],
  ['zh-yue', 'yue'],
  ['zh-cmn-Hans', 'zh-Hans'],
  ['cmn', 'zh'],
  ['no', 'nb'],
  ['zlm', 'ms'],
  ['pt-br', 'pt-BR'],
  ['und', undefined],
  ['mul', undefined],
  ['', undefined],
  ['not a tag', undefined],
  ['../etc', undefined],
])('%j is the language %j', (tag, canonical) => {
  expect(canonicalTag(tag)).toBe(canonical);
});

describe('two tags', () => {
  test.each([
    ['en', 'en-GB'],
    ['en', 'eng'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['no', 'nb'],
  ])('%s and %s are the same language', (a, b) => {
    expect(isSameLanguage(a, b)).toBe(true);
  });

  test.each([
    ['en', 'es'],
    ['pt-BR', 'pt-PT'],
    ['zh-CN', 'zh-TW'],
    ['zh', 'zh-Hant'],
    ['zh', 'yue'],
    ['und', 'und'],
  ])('%s and %s are not', (a, b) => {
    expect(isSameLanguage(a, b)).toBe(false);
  });
});

test.each([
  ['pt-BR', 'pt-BR', 3],
  ['pt', 'pt-BR', 2],
  ['pt-BR', 'pt', 1],
  ['pt-BR', 'pt-PT', 1],
  ['pt', 'es', 0],
])('an offer of %s fits who asks for %s by %i', (offered, asked, fit) => {
  expect(tagFit(offered, asked)).toBe(fit);
});

test.each([
  ['es-MX', 'spa'],
  ['zh-Hans', 'zho'],
  ['ast', 'ast'],
  ['ee', 'xxx'],
])('%s is %s where packages are named', (tag, letters) => {
  expect(isoLetters(tag)).toBe(letters);
});
