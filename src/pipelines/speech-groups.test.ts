import fc from 'fast-check';
import { expect, test } from 'vitest';
import { speechSeconds, type SpeechSegment } from '../engines/vad/speech-segments.ts';
import { speechGroups } from './speech-groups.ts';

/** Segments of these lengths, a second apart. */
function segments(lengths: readonly number[]): SpeechSegment[] {
  let at = 0;
  return lengths.map((length) => {
    const from = at + 1;
    at = from + length;
    return { from, to: at };
  });
}

const lengthsOf = (lengths: readonly number[], seconds: number): number[][] =>
  speechGroups(segments(lengths), seconds).map((group) => group.map(({ from, to }) => to - from));

test('a group is filled as far as segments fit into it', () => {
  expect(lengthsOf([4, 4, 4, 4, 4], 10)).toEqual([[4, 4], [4, 4], [4]]);
});

test('a segment that is longer than a group is one by itself', () => {
  expect(lengthsOf([3, 25, 3, 3], 10)).toEqual([[3], [25], [3, 3]]);
});

test('a short rest joins the group before it', () => {
  expect(lengthsOf([6, 4, 2], 10)).toEqual([[6, 4, 2]]);
  expect(lengthsOf([2], 10)).toEqual([[2]]);
  expect(speechGroups([], 10)).toEqual([]);
});

test('whatever the speech: nothing is lost, all is in order, and no group is much too long', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (lengths) => {
      const speech = segments(lengths);
      const groups = speechGroups(speech, 60);
      expect(groups.flat()).toEqual(speech);
      for (const group of groups) {
        expect(group.length).toBeGreaterThan(0);
        expect(speechSeconds(group)).toBeLessThan(60 + 15);
      }
      for (const group of groups.slice(0, -1)) expect(speechSeconds(group)).toBeGreaterThan(60 - 30);
    }),
  );
});
