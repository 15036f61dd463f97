import { expect, test } from 'vitest';
import { parsePastTime } from './past-time.ts';

const NOW = Date.UTC(2026, 0, 10);

test.each([
  ['90s', NOW - 90_000],
  ['30m', NOW - 1_800_000],
  ['24h', Date.UTC(2026, 0, 9)],
  ['7d', Date.UTC(2026, 0, 3)],
  ['2026-01-02', Date.UTC(2026, 0, 2)],
  ['2026-01-02T03:04Z', Date.UTC(2026, 0, 2, 3, 4)],
  ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
  ['2026-01-02T03:04:05.678Z', Date.UTC(2026, 0, 2, 3, 4, 5, 678)],
])('%s is a time', (text, time) => {
  expect(parsePastTime(text, NOW)).toBe(time);
});

test.each(['', 'yesterday', '5', '5w', '-5m', '2026', '2026-01-02T03:04:05', '2026-02-30', '2026-13-01', '1e3s'])(
  '%j is none',
  (text) => {
    expect(parsePastTime(text, NOW)).toBeUndefined();
  },
);
