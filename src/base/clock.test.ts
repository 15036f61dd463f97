import { describe, expect, test } from 'vitest';
import { ManualClock, systemClock } from './clock.ts';

describe('clocks', () => {
  test('a manual clock moves only when told to, both ways', () => {
    const clock = new ManualClock(1000);
    expect(clock.now()).toBe(1000);
    clock.advance(500);
    clock.advance(-700);
    expect(clock.now()).toBe(800);
  });

  test('the system clock counts milliseconds', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
