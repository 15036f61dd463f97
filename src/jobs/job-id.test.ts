import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creationTime, nextJobId, parseJobId, type JobId } from './job-id.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** Any id of this millisecond with this counter, 0 to 4095. */
function idAt(time: number, counter: number): JobId {
  const digits = `${time.toString(16).padStart(12, '0')}7${counter.toString(16).padStart(3, '0')}`;
  return `${digits}ffffffffffffffff` as JobId;
}

describe('a job id', () => {
  test('is 32 lower-case hex characters that carry their creation time, version 7 and the RFC variant', () => {
    const id = nextJobId(NOW, undefined);
    expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    expect(creationTime(id)).toBe(NOW);
    expect(parseJobId(id)).toBe(id);
  });

  test.each(['', 'x', 'A'.repeat(32), 'a'.repeat(31), 'a'.repeat(33), `${'a'.repeat(32)}\n`, `${'a'.repeat(31)}g`])(
    '%j is none',
    (text) => {
      expect(parseJobId(text)).toBeUndefined();
    },
  );

  test('is greater than the one before it, whatever the clock does', () => {
    const times = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(times, (offsets) => {
        let previous: JobId | undefined;
        for (const offset of offsets) {
          const id = nextJobId(NOW + offset, previous);
          expect(previous === undefined || id > previous).toBe(true);
          previous = id;
        }
      }),
    );
  });

  test('keeps the millisecond of the one before it while that has ids left', () => {
    expect(creationTime(nextJobId(NOW, idAt(NOW, 0xffe)))).toBe(NOW);
    expect(nextJobId(NOW, idAt(NOW, 0xffe)).slice(12, 16)).toBe('7fff');
  });

  test('borrows the next millisecond where those of one are used up', () => {
    const id = nextJobId(NOW, idAt(NOW, 0xfff));
    expect(creationTime(id)).toBe(NOW + 1);
    expect(id > idAt(NOW, 0xfff)).toBe(true);
  });

  test('leaves room: the first id of a millisecond has at least 3,840 behind it', () => {
    const counters = Array.from({ length: 200 }, () =>
      Number.parseInt(nextJobId(NOW, undefined).slice(13, 16), 16),
    );
    expect(Math.max(...counters)).toBeLessThanOrEqual(0xff);
  });

  test('is not guessed from the one before it', () => {
    const tails = Array.from({ length: 100 }, () => nextJobId(NOW, undefined).slice(16));
    expect(new Set(tails).size).toBe(100);
  });
});
