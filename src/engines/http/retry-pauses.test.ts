import { describe, expect, test } from 'vitest';
import { RetryPauses, retryAfterMs } from './retry-pauses.ts';

function all(random: number, ...asked: (number | undefined)[]): (number | undefined)[] {
  const pauses = new RetryPauses(() => random);
  return Array.from({ length: 5 }, (_, index) => pauses.next(asked[index]));
}

describe('the pauses between tries', () => {
  test('grow, and end after the fifth try', () => {
    expect(all(1)).toEqual([1000, 2000, 4000, 8000, undefined]);
  });

  test('differ by half, so that workers come back one by one', () => {
    expect(all(0)).toEqual([500, 1000, 2000, 4000, undefined]);
  });

  test('are at least what the server asks for, and no reason to come back sooner', () => {
    expect(all(1, 5000, 10)).toEqual([5000, 2000, 4000, 8000, undefined]);
  });

  test('are two minutes together at most', () => {
    expect(all(1, 121_000)[0]).toBeUndefined();
    expect(all(1, 60_000, 59_000, 1500)).toEqual([60_000, 59_000, undefined, undefined, undefined]);
  });
});

test.each([
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': ' 1.5 ' }, 1500],
  [{ 'retry-after': 'Fri, 02 Jan 2026 03:04:35 GMT' }, 30_000],
  [{ 'retry-after': 'Fri, 02 Jan 2026 03:00:00 GMT' }, 0],
  [{ 'retry-after': '7', 'retry-after-ms': '250' }, 250],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
])('the headers %j ask for %s ms', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), Date.UTC(2026, 0, 2, 3, 4, 5))).toBe(
    expected,
  );
});
