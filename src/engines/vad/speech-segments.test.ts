import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitForRecognizer, speechSeconds } from './speech-segments.ts';

test('segments get air around them, but none from outside the recording', () => {
  expect(fitForRecognizer([{ from: 0.1, to: 4.9 }], 5)).toEqual([{ from: 0, to: 5 }]);
});

test('segments a breath apart become one, others stay apart', () => {
  const segments = fitForRecognizer(
    [
      { from: 1, to: 2 },
      { from: 2.3, to: 3 },
      { from: 4, to: 5 },
    ],
    10,
  );
  expect(segments.map(({ from, to }) => [from.toFixed(1), to.toFixed(1)])).toEqual([
    ['0.8', '3.2'],
    ['3.8', '5.2'],
  ]);
});

test('whatever was found: in order, not overlapping, inside, at most 30 seconds each, no speech lost', () => {
  const gaps = fc.array(
    fc.tuple(fc.double({ min: 0.01, max: 9, noNaN: true }), fc.double({ min: 0.1, max: 99, noNaN: true })),
  );
  fc.assert(
    fc.property(gaps, (pairs) => {
      let at = 0;
      const found = pairs.map(([gap, length]) => {
        const from = at + gap;
        at = from + length;
        return { from, to: at };
      });
      const segments = fitForRecognizer(found, at);
      let end = 0;
      for (const { from, to } of segments) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        expect(to - from).toBeLessThanOrEqual(30.000001);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(at);
      expect(speechSeconds(segments)).toBeGreaterThanOrEqual(speechSeconds(found) - 0.001);
    }),
  );
});
