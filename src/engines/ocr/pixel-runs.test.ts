import { expect, test } from 'vitest';
import { PixelRuns, type StandingPixels } from './pixel-runs.ts';

/** Ten pixels that flicker, but for some of them at some times. */
function run(samples: number, grey: (pixel: number, sample: number) => number | undefined): StandingPixels[] {
  const runs = new PixelRuns(10, 2);
  const found: StandingPixels[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const flicker = (sample % 2) * 200;
    found.push(...runs.add(Uint8Array.from({ length: 10 }, (_, pixel) => grey(pixel, sample) ?? flicker)));
  }
  return [...found, ...runs.end()];
}

test('pixels that come and go together are found, with their times and greys', () => {
  const found = run(20, (pixel, sample) => (pixel < 3 && sample >= 4 && sample < 9 ? 120 : undefined));
  expect(found).toEqual([{ from: 4, to: 9, pixels: [0, 1, 2], greys: [120, 120, 120] }]);
});

test('those that lag a sample behind are counted in', () => {
  const found = run(20, (pixel, sample) =>
    pixel < 4 && sample >= (pixel === 0 ? 5 : 4) && sample < (pixel === 3 ? 10 : 9) ? 120 : undefined,
  );
  expect(found.map(({ from, to, pixels }) => [from, to, pixels.toSorted((a, b) => a - b)])).toEqual([
    [4, 9, [0, 1, 2, 3]],
  ]);
});

test('what stands to the end is found at the end; what flickers, or stands for a moment, never', () => {
  expect(run(12, (pixel, sample) => (pixel > 7 && sample >= 5 ? 90 : undefined))).toMatchObject([
    { from: 5, to: 12, pixels: [8, 9] },
  ]);
  expect(run(12, (pixel, sample) => (pixel > 7 && sample > 5 && sample < 8 ? 90 : undefined))).toEqual([]);
});
