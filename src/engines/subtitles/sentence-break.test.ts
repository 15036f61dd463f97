import { expect, test } from 'vitest';
import { endsSentence, joinWords, sentenceLength } from './sentence-break.ts';

const words = (...texts: string[]): { text: string; from: number; to: number }[] =>
  texts.map((text) => ({ text, from: 0, to: 0 }));

test.each([
  'end.',
  'what?',
  'no!',
  'well…',
  '好。',
  '吗？',
  'so."',
  '（完。）',
  '「行く。」',
  'है।',
  'مغلقا؟',
  'ہے۔',
])('%s ends a sentence', (text) => {
  expect(endsSentence(text)).toBe(true);
});

test.each(['word', 'Mr.', 'J.', 'e.g.', 'comma,', '3.14', '，'])('%s does not', (text) => {
  expect(endsSentence(text)).toBe(false);
});

test('spaces go between words of spaced scripts only', () => {
  expect(joinWords(words('Hello,', 'world.'))).toBe('Hello, world.');
  expect(joinWords(words('你', '好，', '世界'))).toBe('你好，世界');
  expect(joinWords([])).toBe('');
});

test('length counts words, or characters where words are not spaced', () => {
  expect(sentenceLength(words('one', 'two', 'three'))).toBe(3);
  expect(sentenceLength(words('你好，', '世界'))).toBe(4);
});
