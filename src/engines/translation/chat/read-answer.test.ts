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
    expect(readStrings(answer, ['1', '2'])).toEqual(['a', 'b']);
  });

  test('brackets and quotes within them are theirs', () => {
    const strings = ['say "]" [loud]', String.raw`a \ b`];
    expect(readStrings(`Well: ${JSON.stringify(strings)}.`, ['1', '2'])).toEqual(strings);
  });

  test.each([
    '{"lines":["1","2"],"translations":["a","b"]}',
    'The translation of ["1", "2"] is ["a", "b"].',
    '["a","b"] for ["1","2"]',
  ])('are not what was asked, said again: %s', (answer) => {
    expect(readStrings(answer, ['1', '2'])).toEqual(['a', 'b']);
  });

  test('are what was asked where nothing else is there', () => {
    expect(readStrings('["1","2"]', ['1', '2'])).toEqual(['1', '2']);
  });

  test('one line may be a string alone', () => {
    expect(readStrings('"a"', ['1'])).toEqual(['a']);
    expect(readStrings('"a"', ['1', '2'])).toBeUndefined();
  });

  test.each(['', 'a, b', '["a"]', '["a","b","c"]', '["a", 2]', '["a","b"', '{"a":"b"}', 'null', '[null,null]'])(
    'are not in %j',
    (answer) => {
      expect(readStrings(answer, ['1', '2'])).toBeUndefined();
    },
  );

  test('200,000 brackets are no array', () => {
    expect(readStrings('['.repeat(200_000), ['1', '2'])).toBeUndefined();
  });
});

describe('a translation', () => {
  const PAIR = { source: 'en', target: 'es', glossary: [{ source: 'server', target: 'servidor' }] };

  test.each([
    ['', 'Hello', 'empty'],
    ['  \n', 'Hello', 'empty'],
    ['the dog sleeps in here', 'the dog sleeps in here', 'repeated'],
    ['今天的天气很好我们走吧', '今天的天气很好我们走吧', 'repeated'],
    ['x'.repeat(200), 'Hello', 'too-long'],
    ['La máquina', 'The server', 'term'],
  ])('%j of %j is %s', (translation, line, kind) => {
    expect(flawOf(translation, line, PAIR)).toMatchObject({ kind });
  });

  test.each([
    ['Hola', 'Hello'],
    ['New York, New York', 'New York, New York'],
    ['OK', 'OK'],
    ['El  Servidor', 'The server'],
    ['Los servidores', 'The servers'],
  ])('%j of %j is well', (translation, line) => {
    expect(flawOf(translation, line, PAIR)).toBeUndefined();
  });

  test('may be the line itself where both are the same language', () => {
    const line = 'the dog sleeps in here';
    expect(flawOf(line, line, { source: 'en-US', target: 'en-GB', glossary: [] })).toBeUndefined();
  });
});
