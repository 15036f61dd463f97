import { describe, expect, test } from 'vitest';
import { parseWireTime, wireTime } from './wire-time.ts';

describe('wire time', () => {
  test('cuts fractions, so that no time lies in the future', () => {
    expect(wireTime(Date.UTC(2026, 0, 2, 3, 4, 5, 999))).toBe('2026-01-02T03:04:05Z');
  });

  test('is read back to the second', () => {
    expect(parseWireTime('2026-01-02T03:04:05Z')).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
    expect(parseWireTime(wireTime(0))).toBe(0);
  });

  test.each([
    '',
    '2026-01-02',
    '2026-01-02T03:04:05',
    '2026-01-02T03:04:05+00:00',
    '2026-01-02T03:04:05.000Z',
    '2026-01-02t03:04:05z',
    ' 2026-01-02T03:04:05Z',
    '2026-01-02T03:04:05Z\n',
    '2026-13-02T03:04:05Z',
    '2026-01-32T03:04:05Z',
    '2026-02-30T03:04:05Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02T25:04:05Z',
  ])('%j is none', (text) => {
    expect(parseWireTime(text)).toBeUndefined();
  });
});
