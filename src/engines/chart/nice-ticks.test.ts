import fc from 'fast-check';
import { expect, test } from 'vitest';
import { niceScale, ticksOf } from './nice-ticks.ts';

test.each([
  [0, 97, true, [0, 20, 40, 60, 80, 100]],
  [3, 7, true, [0, 2, 4, 6, 8]],
  [-40, 60, true, [-40, -20, 0, 20, 40, 60]],
  [990, 1010, false, [990, 995, 1000, 1005, 1010]],
  [0.12, 0.43, false, [0, 0.1, 0.2, 0.3, 0.4, 0.5]],
])('%d to %d', (min, max, fromZero, ticks) => {
  expect(ticksOf(niceScale({ min, max }, fromZero))).toEqual(ticks);
});

test('identical values, and none, have a scale too', () => {
  expect(niceScale({ min: 5, max: 5 }, true)).toEqual({ min: 0, max: 5, step: 1 });
  const alone = niceScale({ min: 500, max: 500 }, false);
  expect(alone.min).toBeLessThan(500);
  expect(alone.max).toBeGreaterThan(500);
  expect(niceScale({ min: 0, max: 0 }, true)).toMatchObject({ min: 0, max: 1 });
  expect(niceScale(undefined, false)).toMatchObject({ min: 0, max: 1 });
});

test('any range is covered by at most six ticks', () => {
  const number = fc.double({ min: -1e15, max: 1e15, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(number, number, fc.boolean(), (one, other, fromZero) => {
      const extent = { min: Math.min(one, other), max: Math.max(one, other) };
      const scale = niceScale(extent, fromZero);
      const slack = 1e-6 * Math.max(Math.abs(scale.min), Math.abs(scale.max), 1e-300);
      expect(scale.min).toBeLessThanOrEqual(extent.min + slack);
      expect(scale.max).toBeGreaterThanOrEqual(extent.max - slack);
      expect(ticksOf(scale).length).toBeLessThanOrEqual(6);
      expect(ticksOf(scale).length).toBeGreaterThan(1);
    }),
  );
});

test('where there is room for fewer ticks, there are fewer', () => {
  expect(ticksOf(niceScale({ min: 0, max: 97 }, true, 3))).toEqual([0, 50, 100]);
  expect(ticksOf(niceScale({ min: -40, max: 60 }, true, 3))).toEqual([-100, 0, 100]);
});
