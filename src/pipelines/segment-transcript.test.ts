import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TimedWord } from '../engines/asr/asr-engine.ts';
import { segmentTranscript, type SegmentRules } from './segment-transcript.ts';

const rules = (more: Partial<SegmentRules> = {}): SegmentRules => ({
  sentenceMaxLength: undefined,
  semanticSentences: false,
  range: { from: 0, to: 1000 },
  ...more,
});

/** Words of 0.4 s each, a tenth apart; a number between them is a longer pause. */
function speak(...parts: (string | number)[]): TimedWord[] {
  let at = 0;
  return parts.flatMap((part) => {
    const from = at;
    at += typeof part === 'number' ? part : 0.5;
    return typeof part === 'number' ? [] : [{ text: part, from, to: from + 0.4 }];
  });
}

const contents = (words: TimedWord[], more: Partial<SegmentRules> = {}): string[] =>
  segmentTranscript(words, rules(more)).map(({ content }) => content);

describe('where sentences are cut', () => {
  test('at pauses', () => {
    expect(contents(speak('good', 'morning', 0.5, 'let', 'us', 0.2, 'begin'))).toEqual([
      'good morning',
      'let us begin',
    ]);
  });

  test('at the ends of sentences where that is asked for, not at pauses', () => {
    const words = speak('Good', 0.8, 'morning.', 'Let', 'us', 0.8, 'begin.');
    expect(contents(words, { semanticSentences: true })).toEqual(['Good morning.', 'Let us begin.']);
  });

  test('at pauses after all where the engine writes no punctuation', () => {
    const words = speak('good', 0.8, 'morning', 'all');
    expect(contents(words, { semanticSentences: true })).toEqual(['good', 'morning all']);
  });

  test('where another speaker begins, also by meaning', () => {
    const words = speak('yes', 'no.', 'and').map(({ text, from, to }, index) => {
      return { text, from, to, speaker: Math.min(index, 1) };
    });
    for (const semanticSentences of [false, true]) {
      const sentences = segmentTranscript(words, rules({ semanticSentences }));
      expect(sentences.map(({ content, speaker }) => [content, speaker]).slice(0, 1)).toEqual([['yes', 0]]);
    }
  });

  test('at long silences even inside a sentence', () => {
    const words = speak('One', 'two', 3, 'three.', 'Four.');
    expect(contents(words, { semanticSentences: true })).toEqual(['One two', 'three.', 'Four.']);
  });

  test('after a comma where a sentence is too long', () => {
    const words = speak('a', 'b', 'c,', 'd', 'e', 'f');
    expect(contents(words, { sentenceMaxLength: 4 })).toEqual(['a b c,', 'd e f']);
  });

  test('at the longest pause where there is no comma', () => {
    const words = speak('a', 'b', 0.3, 'c', 'd', 'e');
    expect(contents(words, { sentenceMaxLength: 4 })).toEqual(['a b', 'c d e']);
  });

  test('by characters where words are not spaced', () => {
    const words = speak(...'一二三四五六七八九十'.split(''));
    expect(contents(words, { sentenceMaxLength: 4 }).every((content) => content.length <= 4)).toBe(true);
    expect(contents(words, { sentenceMaxLength: 4 }).join('')).toBe('一二三四五六七八九十');
  });
});

describe('times', () => {
  test('are those of the recording, to the hundredth', () => {
    const words = [{ text: 'hello', from: 1.23456, to: 2.3456 }];
    expect(segmentTranscript(words, rules({ range: { from: 60, to: 90 } }))).toEqual([
      { content: 'hello', from: 61.23, to: 62.35, words },
    ]);
  });

  test('whatever an engine says: inside the range, in order, not overlapping, none empty, no word lost', () => {
    const word = fc.record({
      text: fc.constantFrom('yes', 'no,', 'end.', '好', '。', 'well'),
      from: fc.double({ min: 0, max: 30, noNaN: true }),
      length: fc.double({ min: 0, max: 5, noNaN: true }),
    });
    const limits = fc.option(fc.integer({ min: 4, max: 50 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 60 }),
        limits,
        fc.boolean(),
        (raw, sentenceMaxLength, semanticSentences) => {
          const words = raw.map(({ text, from, length }) => ({ text, from, to: from + length }));
          const range = { from: 7.123, to: 27.129 };
          const segments = segmentTranscript(words, { sentenceMaxLength, semanticSentences, range });
          let end = range.from;
          for (const { from, to } of segments) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(end).toBeLessThanOrEqual(range.to);
          const letters = (text: string): string => text.replaceAll(/\s/g, '');
          expect(letters(segments.map(({ content }) => content).join(''))).toBe(
            letters(raw.map(({ text }) => text).join('')),
          );
        },
      ),
    );
  });
});
