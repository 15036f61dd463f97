import { describe, expect, test } from 'vitest';
import { joinsWithoutSpace, piecesOf, punctuateWords, spreadText } from './timed-text.ts';

test('text falls into words, unspaced scripts into characters with their marks', () => {
  expect(piecesOf(' Hello,  world. ')).toEqual(['Hello,', 'world.']);
  expect(piecesOf('你好，世界。OK then')).toEqual(['你', '好，', '世', '界。OK', 'then']);
});

test('only scripts with spaces are joined by one', () => {
  expect([joinsWithoutSpace('hello,', 'world'), joinsWithoutSpace('한국', '어')]).toEqual([false, false]);
  expect([joinsWithoutSpace('你好，', '世'), joinsWithoutSpace('世界', 'OK')]).toEqual([true, true]);
});

describe('spreading a text over speech', () => {
  test('gives each word time by its letters', () => {
    expect(spreadText('ab cdef', [{ from: 1, to: 4 }])).toEqual([
      { text: 'ab', from: 1, to: 2 },
      { text: 'cdef', from: 2, to: 4 },
    ]);
  });

  test('leaves pauses between the stretches of speech', () => {
    const speech = [
      { from: 0, to: 1 },
      { from: 5, to: 6 },
    ];
    expect(spreadText('ab cd', speech)).toEqual([
      { text: 'ab', from: 0, to: 1 },
      { text: 'cd', from: 5, to: 6 },
    ]);
  });

  test('no text gives no words', () => {
    expect(spreadText('  ', [{ from: 0, to: 1 }])).toEqual([]);
  });
});

describe('punctuating bare words', () => {
  const bare = (...texts: string[]): { text: string; from: number; to: number }[] =>
    texts.map((text, from) => ({ text, from, to: from + 1 }));

  test('each word gets its case and the marks that follow it', () => {
    const words = punctuateWords(bare('well', 'he', 'said', 'yes'), 'Well, he said: "Yes."');
    expect(words?.map(({ text }) => text)).toEqual(['Well,', 'he', 'said: "', 'Yes."']);
    expect(words?.map(({ from }) => from)).toEqual([0, 1, 2, 3]);
  });

  test('works on scripts without spaces', () => {
    expect(punctuateWords(bare('你好', '世界'), '你好，世界。')?.map(({ text }) => text)).toEqual([
      '你好，',
      '世界。',
    ]);
  });

  test.each(['Other words', 'well he', 'oh well he said yes', 'well he said yes indeed'])(
    'a text with other words is not used: %s',
    (text) => {
      expect(punctuateWords(bare('well', 'he', 'said', 'yes'), text)).toBeUndefined();
    },
  );
});
