import { describe, expect, test } from 'vitest';
import { flawOf, readStrings } from './read-answer.ts';

describe('the strings of an answer', () => {
  test.each([
    ['bare', '["a","b"]'],
    ['in a fence', '```json\n["a", "b"]\n```'],
    ['behind prose', 'Sure! Here are [2] translations: ["a", "b"] I hope this helps.'],
    ['in an object', '{"lines": ["a", "b"]}'],
    ['in an object behind prose', 'Here: {"translations": ["a", "b"]}'],
    ['behind another array', '["only one"]\nCorrected: ["a","b"]'],
    ['in another array', '[["a","b"]]'],
  ])('are read %s', (_how, answer) => {
    expect(readStrings(answer, 2)).toEqual(['a', 'b']);
  });

  test('brackets and quotes within them are theirs', () => {
    const strings = ['say "]" [loud]', String.raw`a \ b`];
    expect(readStrings(`Well: ${JSON.stringify(strings)}.`, 2)).toEqual(strings);
  });

  test('one line may be a string alone', () => {
    expect(readStrings('"a"', 1)).toEqual(['a']);
    expect(readStrings('"a"', 2)).toBeUndefined();
  });

  test.each(['', 'a, b', '["a"]', '["a","b","c"]', '["a", 2]', '["a","b"', '{"a":"b"}', 'null', '[null,null]'])(
    'are not in %j',
    (answer) => {
      expect(readStrings(answer, 2)).toBeUndefined();
    },
  );

  test('ten thousand brackets are looked at in no time', () => {
    expect(readStrings('['.repeat(200_000), 2)).toBeUndefined();
  });
});

describe('a translation', () => {
  const glossary = [{ source: 'server', target: 'servidor' }];

  test.each([
    ['', 'Hello', 'empty'],
    ['  \n', 'Hello', 'empty'],
    ['the dog sleeps in here', 'the dog sleeps in here', 'repeated'],
    ['今天的天气很好我们走吧', '今天的天气很好我们走吧', 'repeated'],
    ['x'.repeat(200), 'Hello', 'too-long'],
    ['La máquina', 'The server', 'term'],
  ])('%j of %j is %s', (translation, line, kind) => {
    expect(flawOf(translation, line, glossary)).toMatchObject({ kind });
  });

  test.each([
    ['Hola', 'Hello'],
    ['New York, New York', 'New York, New York'],
    ['OK', 'OK'],
    ['El  Servidor', 'The server'],
    ['Los servidores', 'The servers'],
  ])('%j of %j is well', (translation, line) => {
    expect(flawOf(translation, line, glossary)).toBeUndefined();
  });
});
