import { expect, test } from 'vitest';
import { splitLong, splitSentences } from './split-sentences.ts';

test.each([
  ['One. Two! Three?', ['One.', ' Two!', ' Three?']],
  ['Dr. Smith met J. Doe. They left.', ['Dr. Smith met J. Doe.', ' They left.']],
  ['Pi is 3.14. Yes.', ['Pi is 3.14.', ' Yes.']],
  ['At 5 p.m. he came', ['At 5 p.m. he came']],
  ['See example.com for more', ['See example.com for more']],
  ['He said "Stop!" Then he left.', ['He said "Stop!"', ' Then he left.']],
  ['你好。世界！（真的？）好', ['你好。', '世界！', '（真的？）', '好']],
  ['line one\nline two', ['line one\n', 'line two']],
  ['Wait... what?', ['Wait... what?']],
  ['नमस्ते। कैसे हो?', ['नमस्ते।', ' कैसे हो?']],
])('%j', (text, expected) => {
  expect(splitSentences(text).map((part) => part.text)).toEqual(expected);
});

test('what a part ends with is told', () => {
  expect(splitSentences('One.\nTwo').map(({ end }) => end)).toEqual(['sentence', 'paragraph', 'open']);
});

test('long text is cut after a comma, else between words, else anywhere, and nothing is lost', () => {
  const clauses = `${'word '.repeat(40)},${' more'.repeat(30)}`;
  const words = 'word '.repeat(100);
  const letters = 'a'.repeat(1000);
  const han = '汉'.repeat(200);
  for (const text of [clauses, words, letters, han]) {
    const parts = splitLong(text);
    expect(parts.join('')).toBe(text);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(240);
  }
  expect(splitLong(clauses)[0]).toMatch(/,$/);
  expect(splitLong(words)[0]).toMatch(/word $/);
  expect(splitLong(han).map((part) => part.length)).toEqual([80, 80, 40]);
});
