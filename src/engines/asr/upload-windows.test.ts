import { expect, test } from 'vitest';
import { longestWindow, speechWithin, uploadWindows } from './upload-windows.ts';

test('speech a few seconds apart is sent together, long silence is not sent', () => {
  const speech = [
    { from: 1, to: 4 },
    { from: 6, to: 9 },
    { from: 40, to: 42 },
  ];
  expect(uploadWindows(speech, 600)).toEqual([
    { from: 1, to: 9 },
    { from: 40, to: 42 },
  ]);
});

test('no window is longer than the longest', () => {
  const speech = Array.from({ length: 100 }, (_, index) => ({ from: index * 30, to: index * 30 + 29 }));
  const windows = uploadWindows(speech, 600);
  expect(Math.max(...windows.map(({ from, to }) => to - from))).toBeLessThanOrEqual(600);
  expect(windows).toHaveLength(5);
});

test('speech without a pause is cut where it is too long', () => {
  expect(uploadWindows([{ from: 10, to: 34 }], 10)).toEqual([
    { from: 10, to: 18 },
    { from: 18, to: 26 },
    { from: 26, to: 34 },
  ]);
  expect(uploadWindows([{ from: 0, to: 10 }], 10)).toEqual([{ from: 0, to: 10 }]);
});

test('thirteen minutes fit into 25 MB, and never less than five seconds into anything', () => {
  expect(longestWindow()).toBe(779);
  expect(longestWindow(1_065_536)).toBe(31);
  expect(longestWindow(1)).toBe(5);
  expect(longestWindow(10 ** 12)).toBe(1800);
});

test('speech is cut at the ends of a stretch', () => {
  const speech = [
    { from: 0, to: 2 },
    { from: 3, to: 5 },
    { from: 6, to: 7 },
  ];
  expect(speechWithin(speech, { from: 1, to: 4 })).toEqual([
    { from: 1, to: 2 },
    { from: 3, to: 4 },
  ]);
});
