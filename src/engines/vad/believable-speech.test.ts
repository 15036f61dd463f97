import fc from 'fast-check';
import { expect, test } from 'vitest';
import { believableSpeech } from './believable-speech.ts';

const stretch = (from: number, to: number): { from: number; to: number } => ({ from, to });

test('where the detector is sure nowhere, nobody speaks', () => {
  expect(believableSpeech([stretch(3, 3.4), stretch(90, 91)], [])).toEqual([]);
  expect(believableSpeech([], [])).toEqual([]);
});

test('a long stretch is speech where it is sure for a second in all', () => {
  const found = [stretch(0, 8), stretch(60, 63), stretch(90, 92.5)];
  const sure = [stretch(5, 5.5), stretch(7, 7.5), stretch(60.5, 61.25), stretch(92, 94)];
  expect(believableSpeech(found, sure)).toEqual([stretch(0, 8)]);
});

test('a shorter one where it is sure for half of it, and for 0.4 seconds', () => {
  const found = [stretch(0, 1), stretch(20, 21), stretch(40, 40.75)];
  const sure = [stretch(0.25, 0.75), stretch(20, 20.4), stretch(40, 40.3)];
  expect(believableSpeech(found, sure)).toEqual([stretch(0, 1)]);
});

test('a short word is speech where it is sure for most of it', () => {
  const found = [stretch(1, 1.3), stretch(60, 60.3)];
  expect(believableSpeech(found, [stretch(1.05, 1.28), stretch(60, 60.2)])).toEqual([stretch(1, 1.3)]);
});

test('soft words are speech beside clear ones, not far away from them', () => {
  const found = [stretch(1, 1.5), stretch(4, 8), stretch(12, 12.4), stretch(20, 20.5)];
  expect(believableSpeech(found, [stretch(4.5, 7)])).toEqual([stretch(1, 1.5), stretch(4, 8), stretch(12, 12.4)]);
});

test('stretches that only touch do not vouch for one another', () => {
  expect(believableSpeech([stretch(0, 1)], [stretch(1, 2)])).toEqual([]);
});

test('as a look at all pairs would have it', () => {
  type Stretch = { readonly from: number; readonly to: number };
  // Eighths add up exactly; with tenths the order of the additions decides about equality.
  const eighths = fc.integer({ min: 1, max: 40 }).map((count) => count / 8);
  const stretches = fc.array(fc.tuple(eighths, eighths), { maxLength: 12 }).map((pairs) => {
    let at = 0;
    return pairs.map(([pause, length]) => {
      const from = at + pause;
      at = from + length;
      return stretch(from, at);
    });
  });
  const shared = (a: Stretch, b: Stretch): number => Math.min(a.to, b.to) - Math.max(a.from, b.from);
  fc.assert(
    fc.property(stretches, stretches, (found, sure) => {
      const clear = found.filter((segment) => {
        const seconds = sure.reduce((sum, place) => sum + Math.max(0, shared(place, segment)), 0);
        const length = segment.to - segment.from;
        return seconds >= Math.min(1, Math.max(length / 2, Math.min(0.4, 0.75 * length)));
      });
      const expected = found.filter((segment) => clear.some((place) => shared(place, segment) >= -5));
      expect(believableSpeech(found, sure)).toEqual(expected);
    }),
  );
});
