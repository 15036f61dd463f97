import { expect, test } from 'vitest';
import { insideSpeech } from './voice-gate.ts';

const word = (text: string, from: number, to: number) => ({ text, from, to });
const texts = (words: ReturnType<typeof word>[], speech: { from: number; to: number }[]): string =>
  insideSpeech(words, speech)
    .map(({ text }) => text)
    .join(' ');

const SPEECH = [
  { from: 2, to: 4 },
  { from: 10, to: 12 },
];

test('words where nobody speaks are left out', () => {
  const words = [
    word('before', 0, 1),
    word('one', 2, 3),
    word('between', 6, 8),
    word('two', 11, 12),
    word('after', 14, 15),
  ];
  expect(texts(words, SPEECH)).toBe('one two');
});

test('half a second of inexact times is let pass', () => {
  expect(texts([word('early', 1.2, 1.8), word('late', 4.2, 4.6)], SPEECH)).toBe('early late');
  expect(texts([word('early', 1.2, 1.6), word('late', 4.6, 4.8)], SPEECH)).toBe('');
});

test('where nobody speaks at all there are no words', () => {
  expect(texts([word('one', 0, 1)], [])).toBe('');
});
