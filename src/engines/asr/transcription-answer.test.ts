import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseServerJson } from '../http/server-json.ts';
import { transcriptionOf } from './transcription-answer.ts';

const WINDOW = { from: 100, to: 110 };
const SENT = { window: WINDOW, speech: [WINDOW], prompt: '' };

function heard(json: unknown, prompt = ''): unknown {
  const found = transcriptionOf(json, { ...SENT, prompt });
  return found?.words.map(({ text, from, to }) => [text, from - 100, to - 100]);
}

const word = (text: string, start?: unknown, end?: unknown): object => ({ word: text, start, end });

describe('words', () => {
  test('come in the recording’s time, with the punctuation of the text', () => {
    const words = [word('he', 0, 0.5), word(' might', 0.5, 1)];
    expect(heard({ text: 'He might.', words })).toEqual([
      ['He', 0, 0.5],
      ['might.', 0.5, 1],
    ]);
  });

  test('without times get their places between those that have them, by their letters', () => {
    const words = [word('aa', 1, 2), word('bb'), word('cccc', null, 7), word('dd', 8, 9), word('ee')];
    expect(heard({ words })).toEqual([
      ['aa', 1, 2],
      ['bb', 2, 4],
      ['cccc', 4, 8],
      ['dd', 8, 9],
      ['ee', 9, 10],
    ]);
  });

  test('that jump do not draw the others along', () => {
    const words = [word('a', 9.9, 10), word('b', 1, 2), word('c', 2, 3), word('d', 0, 0), word('e', 4, 5)];
    expect(heard({ words })).toEqual([
      ['a', 0, 1],
      ['b', 1, 2],
      ['c', 2, 3],
      ['d', 3, 4],
      ['e', 4, 5],
    ]);
  });

  test('that end past the end end at it; that begin far behind it are placed anew', () => {
    expect(heard({ words: [word('a', 9, 12), word('b', 11, 13), word('c', 5000, 5001)] })).toEqual([
      ['a', 9, 10],
      ['b', 10, 10],
      ['c', 10, 10],
    ]);
  });

  test('that end before they begin end where they begin', () => {
    expect(heard({ words: [word('a', 3, 1), word('b', 4, -2)] })).toEqual([
      ['a', 3, 3],
      ['b', 4, 4],
    ]);
  });

  test('inside segments are taken, segment by segment, those without get the segment’s time', () => {
    const segments = [
      { text: ' He might.', start: 0, end: 2, words: [word('He', 0, 1), word('might', 1, 2)] },
      { text: 'So ok', start: 4, end: 6, words: [] },
    ];
    expect(heard({ text: 'He might. So ok', segments })).toEqual([
      ['He', 0, 1],
      ['might.', 1, 2],
      ['So', 4, 5],
      ['ok', 5, 6],
    ]);
  });

  test('are sure by their own word, else by that of their segment', () => {
    const words = [{ ...word('a', 0, 1), probability: 0.25 }, word('b', 1, 2)];
    const segments = [{ text: 'a b', start: 0, end: 2, avg_logprob: Math.log(0.5), no_speech_prob: 0.1 }];
    const found = transcriptionOf({ words, segments }, SENT);
    expect(found?.words.map(({ confidence }) => confidence)).toEqual([0.25, 0.5]);
    expect(transcriptionOf({ words }, SENT)?.words[1]).not.toHaveProperty('confidence');
  });
});

describe('segments and text alone', () => {
  test('segments without times lie between the others', () => {
    const segments = [{ text: 'ab', start: 0, end: 2 }, { text: 'cd' }, { text: 'ef', start: 6, end: 'x' }];
    expect(heard({ segments, words: null })).toEqual([
      ['ab', 0, 2],
      ['cd', 2, 6],
      ['ef', 6, 6],
    ]);
  });

  test('text is spread over the speech', () => {
    const speech = [
      { from: 101, to: 102 },
      { from: 105, to: 106 },
    ];
    const found = transcriptionOf({ text: 'ab cd' }, { ...SENT, speech });
    expect(found?.words).toEqual([
      { text: 'ab', from: 101, to: 102 },
      { text: 'cd', from: 105, to: 106 },
    ]);
    expect(heard({ text: '' })).toEqual([]);
    expect(heard({ text: null, words: [] })).toEqual([]);
  });
});

describe('what the model made up', () => {
  const doubted = { no_speech_prob: 0.8, avg_logprob: -1.2 };
  const sure = { no_speech_prob: 0.8, avg_logprob: -0.3 };

  test('is left out of segments, of the words beside them, and of the text', () => {
    const segments = [
      { text: ' Hello.', start: 0, end: 2, ...sure },
      { text: ' Thanks for watching!', start: 4, end: 9, ...doubted },
    ];
    expect(heard({ text: 'Hello. Thanks for watching!', segments })).toEqual([['Hello.', 0, 2]]);
    const words = [word('Hello', 0, 2), word('Thanks', 4, 5), word('for', 5, 6), word('watching', 6, 9)];
    expect(heard({ text: 'Hello. Thanks for watching!', segments, words })).toEqual([['Hello.', 0, 2]]);
  });

  test('is nothing where one of the two scores is missing', () => {
    const { no_speech_prob, avg_logprob } = doubted;
    for (const scores of [{ no_speech_prob }, { avg_logprob }, {}]) {
      expect(heard({ segments: [{ text: 'a', start: 0, end: 1, ...scores }] })).toEqual([['a', 0, 1]]);
    }
  });

  test('a prompt that comes back is no text', () => {
    expect(heard({ text: 'Norland, Dashwood' }, 'Norland, Dashwood.')).toEqual([]);
    expect(heard({ text: 'Dashwood' }, 'Norland, Dashwood.')).toHaveLength(1);
  });
});

test('whatever a server answers, words are in order, inside what was sent, and nothing throws', () => {
  const seconds = fc.oneof(
    fc.double({ noNaN: false }),
    fc.integer({ min: -5, max: 20 }),
    fc.constantFrom(null, undefined, '3', 'x', {}),
  );
  const text = fc.oneof(fc.constantFrom('a', 'B.', ' c ', '', '你好'), fc.constantFrom(null, 7));
  const words = fc.array(fc.record({ word: text, start: seconds, end: seconds, probability: seconds }));
  const segments = fc.array(
    fc.record({
      ...{ text, start: seconds, end: seconds, words: fc.oneof(words, fc.constant(null)) },
      ...{ no_speech_prob: seconds, avg_logprob: seconds },
    }),
  );
  const answer = fc.record({ text, words, segments, language: text }, { requiredKeys: [] });
  fc.assert(
    fc.property(answer, (json) => {
      let from = 100;
      for (const one of transcriptionOf(json, SENT)?.words ?? []) {
        expect(one.text).not.toBe('');
        expect(one.from).toBeGreaterThanOrEqual(from);
        expect(one.to).toBeGreaterThanOrEqual(one.from);
        expect(one.to).toBeLessThanOrEqual(110.000_001);
        expect(one.confidence ?? 0).toBeGreaterThanOrEqual(0);
        expect(one.confidence ?? 1).toBeLessThanOrEqual(1);
        from = one.from;
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['{"a": NaN, "b": [-Infinity, Infinity]}', { a: null, b: [null, null] }],
  ['{"a": "NaN and \\"Infinity\\"", "b": NaN}', { a: 'NaN and "Infinity"', b: null }],
  ['\uFEFF{"a":1}', { a: 1 }],
])('%s is read', (given, json) => {
  expect(parseServerJson(given)).toEqual({ json });
});

test.each(['', '{', '<html>', 'NaN NaN', '{"a": nan}'])('%j is no JSON', (text) => {
  expect(parseServerJson(text)).toBeUndefined();
});
