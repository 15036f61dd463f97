import { expect, test } from 'vitest';
import { placeMarks } from './place-marks.ts';

function placed(words: readonly string[], text: string): string[] | undefined {
  return placeMarks(
    words.map((word, from) => ({ text: word, from, to: from + 1 })),
    text,
  )?.map((word) => word.text);
}

test('marks go behind the word that they follow, and times stay', () => {
  const words = [
    { text: '你', from: 0, to: 1, confidence: 0.5 },
    { text: '好', from: 1, to: 2 },
  ];
  expect(placeMarks(words, '你好。')).toEqual([words[0], { text: '好。', from: 1, to: 2 }]);
});

test('behind Latin letters they are those of Latin', () => {
  expect(placed(['hello', 'world', '你', '好'], 'hello，world？你好。')).toEqual([
    'hello,',
    'world?',
    '你',
    '好。',
  ]);
});

test('words that the model parts stay whole', () => {
  expect(placed(["don't", 'stop', 'U.S.'], "don ' t stop， U . S .。")).toEqual(["don't", 'stop,', 'U.S..']);
});

test('case is of the words', () => {
  expect(placed(['OK', 'Then'], 'ok，then。')).toEqual(['OK,', 'Then.']);
});

test('a word without letters takes no marks from its neighbour', () => {
  expect(placed(['a', '&', 'b'], 'a ， & b。')).toEqual(['a,', '&', 'b.']);
});

test.each([
  ['other letters', 'a c。'],
  ['words missing', 'a。'],
  ['words too many', 'a b c。'],
])('a text with %s is not used', (_what, text) => {
  expect(placed(['a', 'b'], text)).toBeUndefined();
});
