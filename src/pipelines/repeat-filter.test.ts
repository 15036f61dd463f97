import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { piecesOf } from '../engines/asr/timed-text.ts';
import { withoutLoops } from './repeat-filter.ts';

const timed = (text: string) =>
  piecesOf(text).map((piece, index) => ({ text: piece, from: index, to: index + 0.9 }));
const filtered = (text: string): string =>
  withoutLoops(timed(text))
    .map((word) => word.text)
    .join(' ');
const times = (count: number, text: string): string => Array.from({ length: count }, () => text).join(' ');
const plain = (text: string): string => piecesOf(text).join(' ');

describe('loops as recognizers make them', () => {
  // What whisper writes over noise, music and long pauses.
  test.each([
    ['a sentence', times(14, 'Thank you for watching.'), 'Thank you for watching.'],
    [
      'a sentence that changes case',
      `${times(3, 'i do not know what to say to you now.')} I do not know what to say to you now.`,
      'i do not know what to say to you now.',
    ],
    ['a word', `the end ${times(40, 'so')}`, 'the end so'],
    ['two words', `he said ${times(9, 'you know,')} and left`, 'he said you know, and left'],
    ['a phrase in the middle', `first ${times(6, "I'm going to the")} store`, "first I'm going to the store"],
    ['two loops', `${times(6, 'one two three')} ${times(6, 'four five six')}`, 'one two three four five six'],
    ['a loop inside a loop', times(4, times(9, 'bye')), 'bye'],
    ['Chinese', times(12, '请不吝点赞订阅'), plain('请不吝点赞订阅')],
    ['Chinese with marks', times(5, '谢谢大家。'), plain('谢谢大家。')],
    ['one Chinese character', times(30, '嗯'), '嗯'],
    ['Japanese', times(5, 'ご視聴ありがとうございました'), plain('ご視聴ありがとうございました')],
    ['Korean', times(4, '시청해 주셔서 감사합니다'), '시청해 주셔서 감사합니다'],
  ])('%s', (_what, text, expected) => {
    expect(filtered(text)).toBe(expected);
  });

  test('the words that stay keep their times', () => {
    const words = timed(`so ${times(5, 'it goes on')} end`);
    expect(withoutLoops(words)).toEqual([...words.slice(0, 4), words.at(-1)]);
  });
});

describe('what people say stays', () => {
  test.each([
    'no no no no, please',
    'very very very very good',
    'ha ha ha ha ha ha ha',
    'thank you thank you thank you thank you',
    'row row row your boat gently down the stream row row row your boat gently down the stream',
    'we shall fight on the beaches we shall fight on the landing grounds we shall fight in the fields',
    '谢谢谢谢谢谢',
    '好好好，对对对',
    '哈哈哈哈哈哈哈',
    '一下一下一下地',
    '- - - - - - - - - -',
  ])('%s', (text) => {
    expect(filtered(text)).toBe(plain(text));
  });

  test('nothing becomes nothing', () => {
    expect(withoutLoops([])).toEqual([]);
  });
});

test('whatever the words: those that stay are some of them in order, and none is lost altogether', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (texts) => {
      const words = texts.map((text, index) => ({ text, from: index, to: index + 1 }));
      const kept = withoutLoops(words);
      expect(words.filter((one) => kept.includes(one))).toEqual(kept);
      expect(new Set(kept.map(({ text }) => text))).toEqual(new Set(texts));
    }),
  );
});
