import { expect, test } from 'vitest';
import { lineWindows } from './line-windows.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

test('windows hold all lines once, in order, and know what is said around them', () => {
  const lines = numbered(60);
  const windows = lineWindows({ lines });
  expect(windows.flatMap((window) => window.lines)).toEqual(lines);
  expect(windows.map(({ from }) => from)).toEqual([0, 25, 50]);
  expect(windows[1]).toMatchObject({ before: lines.slice(21, 25), after: lines.slice(50, 54) });
  expect([windows[0]?.before, windows[2]?.after]).toEqual([[], []]);
});

test('long lines make short windows, and one line is always taken', () => {
  const windows = lineWindows({ lines: ['a'.repeat(2000), 'b'.repeat(2000), 'c'.repeat(9000), 'd'] });
  expect(windows.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1]);
  expect(windows[1]?.before).toEqual(['a'.repeat(300)]);
});

test('no lines make no window', () => {
  expect(lineWindows({ lines: [] })).toEqual([]);
});

test('what is said before the first line and after the last is known, too', () => {
  const all = numbered(40);
  const [first, second] = lineWindows({ lines: all.slice(4, 31), before: all.slice(0, 4), after: all.slice(31) });
  expect([first?.before, first?.after]).toEqual([all.slice(0, 4), all.slice(29, 31).concat(all.slice(31, 33))]);
  expect([second?.before, second?.after]).toEqual([all.slice(25, 29), all.slice(31, 35)]);
});

test('a neighbour is not cut within a character', () => {
  const [, second] = lineWindows({ lines: ['😀'.repeat(2000), 'b'] });
  expect(second?.before).toEqual(['😀'.repeat(300)]);
});
