import { expect, test } from 'vitest';
import { uploadWindows } from './upload-windows.ts';

test('speech a few seconds apart is sent together, long silence is not sent', () => {
  const speech = [
    { from: 1, to: 4 },
    { from: 6, to: 9 },
    { from: 40, to: 42 },
  ];
  expect(uploadWindows(speech)).toEqual([
    { from: 1, to: 9 },
    { from: 40, to: 42 },
  ]);
});

test('no window is longer than ten minutes', () => {
  const speech = Array.from({ length: 100 }, (_, index) => ({ from: index * 30, to: index * 30 + 29 }));
  const windows = uploadWindows(speech);
  expect(Math.max(...windows.map(({ from, to }) => to - from))).toBeLessThanOrEqual(600);
  expect(windows).toHaveLength(5);
});
