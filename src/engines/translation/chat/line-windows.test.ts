import { expect, test } from 'vitest';
import { lineWindows } from './line-windows.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

test('windows hold all lines once, in order, and know what is said around them', () => {
  const lines = numbered(60);
  const windows = lineWindows(lines);
  expect(windows.flatMap((window) => window.lines)).toEqual(lines);
  expect(windows.map(({ from }) => from)).toEqual([0, 25, 50]);
  expect(windows[1]).toMatchObject({ before: lines.slice(21, 25), after: lines.slice(50, 54) });
  expect([windows[0]?.before, windows[2]?.after]).toEqual([[], []]);
});

test('long lines make short windows, and one line is always taken', () => {
  const windows = lineWindows(['a'.repeat(2000), 'b'.repeat(2000), 'c'.repeat(9000), 'd']);
  expect(windows.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1]);
  expect(windows[1]?.before).toEqual(['a'.repeat(300)]);
});

test('no lines make no window', () => {
  expect(lineWindows([])).toEqual([]);
});
