import { expect, test } from 'vitest';
import { wordErrors, wordsOf } from './word-error-rate.ts';

test('words are compared without case and punctuation', () => {
  expect(wordsOf(' He WAS, not: "it\'s" — so. ')).toEqual(['he', 'was', 'not', "it's", 'so']);
});

test.each([
  ['a b c', 'a b c', 0],
  ['a b c', 'a x c', 1],
  ['a b c', 'a c', 1],
  ['a b c', 'a b b c', 1],
  ['a b c', '', 3],
  ['', 'a b', 2],
  ['a b c d', 'b c d e', 2],
])('from "%s" to "%s" it takes %i changes', (reference, hypothesis, errors) => {
  expect(wordErrors(wordsOf(reference), wordsOf(hypothesis))).toBe(errors);
});
