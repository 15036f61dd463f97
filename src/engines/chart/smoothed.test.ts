import { expect, test } from 'vitest';
import { smoothed } from './smoothed.ts';

/** Two ranks that change places in the middle. */
const ranks = (part: number): number[] => (part < 0.5 ? [0, 1] : [1, 0]);

test('ranks that change glide: no frame moves them by more than a tenth of the way', () => {
  // A window of 0.7 s in 20 s, at 30 frames a second.
  const places = Array.from({ length: 601 }, (_, frame) => smoothed(frame / 600, 0.7 / 20, ranks)[0] ?? 0);
  const steps = places.map((place, at) => place - (places[at - 1] ?? place));
  expect(Math.max(...steps)).toBeLessThan(0.1);
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(-1e-9);
  expect(steps.filter((step) => step > 1e-9).length).toBeGreaterThan(18);
});

test('both ends are exact, and what does not change stays', () => {
  expect(smoothed(0, 0.5, (part) => [part])).toEqual([0]);
  expect(smoothed(1, 0.5, (part) => [part])).toEqual([1]);
  expect(smoothed(0.4, 0.5, () => [7])[0]).toBeCloseTo(7, 12);
  expect(smoothed(0.4, 0.5, () => [])).toEqual([]);
});
