import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignSpeakers } from './assign-speakers.ts';
import type { SpeakerTurn } from './speaker-diarizer.ts';

const turn = (from: number, to: number, speaker: number): SpeakerTurn => ({ from, to, speaker });

function speakers(words: readonly (readonly [number, number])[], turns: readonly SpeakerTurn[]): unknown[] {
  const timed = words.map(([from, to]) => ({ text: 'w', from, to }));
  return assignSpeakers(timed, turns).map(({ speaker }) => speaker);
}

test('a word belongs to whoever speaks through most of it', () => {
  const turns = [turn(0, 2, 0), turn(2, 4, 1)];
  const words = [
    [0, 1],
    [1.5, 2.2],
    [1.9, 2.5],
    [3, 4],
  ] as const;
  expect(speakers(words, turns)).toEqual([0, 0, 1, 1]);
});

test('a word in a pause belongs to the nearest turn', () => {
  const words = [
    [0, 0.5],
    [2.1, 2.3],
    [2.8, 2.9],
    [9, 10],
  ] as const;
  expect(speakers(words, [turn(1, 2, 0), turn(3, 4, 1)])).toEqual([0, 0, 1, 1]);
});

test('a long turn that began before others is not forgotten', () => {
  expect(speakers([[8, 9]], [turn(0, 10, 0), turn(1, 2, 1), turn(8.4, 8.6, 1)])).toEqual([0]);
});

test('the parts of one speaker count together', () => {
  const turns = [turn(0, 0.4, 0), turn(0.3, 0.8, 1), turn(0.6, 1, 0)];
  expect(speakers([[0, 1]], turns)).toEqual([0]);
});

test('a word without length still has a speaker, and without turns there are none', () => {
  expect(speakers([[1, 1]], [turn(0, 2, 3)])).toEqual([3]);
  expect(speakers([[1, 1]], [])).toEqual([undefined]);
});

test('whatever the turns: the speaker is the one that a search of all turns finds', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }));
  const turnsOf = fc.array(fc.tuple(span, fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(turnsOf, span, (list, [from, length]) => {
      const turns = list
        .map(([[at, long], speaker]) => turn(at, at + long, speaker))
        .toSorted((a, b) => a.from - b.from);
      const to = from + length;
      const shared = [0, 1, 2].map((speaker) =>
        turns
          .filter((one) => one.speaker === speaker)
          .reduce((sum, one) => sum + Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)), 0),
      );
      const most = Math.max(...shared);
      const found = speakers([[from, to]], turns)[0] as number;
      const gap = (one: SpeakerTurn): number => Math.max(from - one.to, one.from - to);
      const least = Math.min(...turns.map(gap));
      const nearest = turns.some((one) => one.speaker === found && gap(one) === least);
      expect(most > 0 ? shared[found] === most : nearest).toBe(true);
    }),
  );
});
