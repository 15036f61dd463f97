import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const START = 1_000_000;

describe('a token bucket', () => {
  test('is full at first, then gives one for each part of the period', () => {
    const bucket = new TokenBucket({ count: 3, periodMs: 1000 }, START);
    expect([1, 2, 3].map(() => bucket.take(START))).toEqual([0, 0, 0]);
    expect(bucket.take(START)).toBe(334);
    expect(bucket.take(START + 333)).toBe(1);
    expect(bucket.take(START + 334)).toBe(0);
  });

  test('saves up no more than one period', () => {
    const bucket = new TokenBucket({ count: 2, periodMs: 1000 }, START);
    const later = START + 3_600_000;
    expect([1, 2, 3].map(() => bucket.take(later) === 0)).toEqual([true, true, false]);
  });

  test('bears a clock that was set back, and goes on from there', () => {
    const bucket = new TokenBucket({ count: 1, periodMs: 1000 }, START);
    expect(bucket.take(START)).toBe(0);
    expect(bucket.take(START - 50_000)).toBe(1000);
    expect(bucket.take(START - 49_000)).toBe(0);
  });

  test('whoever waits as long as told gets one, and no period lets more than two fillings through', () => {
    const rates = fc.record({ count: fc.integer({ min: 1, max: 500 }), periodMs: fc.constantFrom(1000, 60_000) });
    fc.assert(
      fc.property(rates, fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (rate, pauses) => {
        const bucket = new TokenBucket(rate, START);
        let now = START;
        const given: number[] = [];
        for (const pause of pauses) {
          now += pause;
          const wait = bucket.take(now);
          now += wait;
          expect(wait === 0 ? 0 : bucket.take(now)).toBe(0);
          given.push(now);
        }
        for (const from of given) {
          const inPeriod = given.filter((time) => time >= from && time < from + rate.periodMs).length;
          expect(inPeriod).toBeLessThanOrEqual(2 * rate.count);
        }
      }),
      { numRuns: 200 },
    );
  });
});
