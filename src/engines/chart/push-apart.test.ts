import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pushApart } from './push-apart.ts';
import { toldApart } from './told-apart.ts';

test('labels that have room stay where they are', () => {
  expect(pushApart([10, 90, 50], 20, 0, 100)).toEqual([10, 90, 50]);
});

test('labels on one spot stand around it', () => {
  expect(pushApart([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60]);
});

test('none leaves the ends', () => {
  expect(pushApart([0, 1, 99], 20, 0, 100)).toEqual([0, 20, 99]);
  expect(pushApart([99, 100], 20, 0, 100)).toEqual([80, 100]);
});

test('any labels keep their order, their distance and the ends', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 12 }), (wished) => {
      const moved = pushApart(wished, 12, 0, 100);
      const gap = wished.length > 1 ? Math.min(12, 100 / (wished.length - 1)) : 12;
      const order = wished.map((_, at) => at).toSorted((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0) || a - b);
      const sorted = order.map((at) => moved[at] ?? 0);
      sorted.forEach((place, at) => {
        expect(place - (sorted[at - 1] ?? -Infinity)).toBeGreaterThanOrEqual(gap - 1e-6);
        expect(place).toBeGreaterThanOrEqual(-1e-6);
        expect(place).toBeLessThanOrEqual(100 + 1e-6);
      });
    }),
  );
});

test('of two labels that pass through each other, the later gives way', () => {
  expect(toldApart([0, 1, 2])).toEqual([1, 1, 1]);
  expect(toldApart([0.5, 0.5, 2])).toEqual([1, 0, 1]);
});
