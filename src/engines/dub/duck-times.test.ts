import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DuckCurve, DUCKED, RAMP } from './duck-curve.ts';
import { duckTimes, type DuckRequest, type Stretch } from './duck-times.ts';

const nothing: DuckRequest = { speech: [], replaced: [], kept: [], dub: [], bound: false };

describe('the original is quiet', () => {
  test('under the dub and where the voice speaks that it replaces', () => {
    const times = duckTimes({
      ...nothing,
      speech: [{ from: 1, to: 3 }],
      replaced: [{ from: 1.2, to: 2.8 }],
      dub: [{ from: 1.2, to: 3.5 }],
    });
    expect(times).toEqual([{ from: 1, to: 3.5 }]);
  });

  test('not where somebody speaks whom nothing replaces', () => {
    const speech = [
      { from: 1, to: 3 },
      { from: 10, to: 12 },
    ];
    expect(duckTimes({ ...nothing, speech, replaced: [{ from: 1, to: 3 }] })).toEqual([{ from: 1, to: 3 }]);
  });

  test('not while a line is said that keeps its sound, unless the dub is heard over it', () => {
    const given = { ...nothing, speech: [{ from: 0, to: 9 }], kept: [{ from: 3, to: 6 }] };
    const replaced = [
      { from: 0, to: 3 },
      { from: 6, to: 9 },
    ];
    expect(duckTimes({ ...given, replaced })).toEqual(replaced);
    expect(duckTimes({ ...given, replaced, dub: [{ from: 1, to: 4 }] })).toEqual([
      { from: 0, to: 4 },
      { from: 6, to: 9 },
    ]);
  });

  test('only in the time of the lines where that binds', () => {
    const given = { ...nothing, speech: [{ from: 0, to: 9 }], replaced: [{ from: 2, to: 4 }] };
    expect(duckTimes({ ...given, bound: true })).toEqual([{ from: 2, to: 4 }]);
    expect(duckTimes(given)).toEqual([{ from: 0, to: 9 }]);
  });

  test('through a pause that is too short to come back in', () => {
    const dub = [
      { from: 0, to: 1 },
      { from: 1.4, to: 2 },
      { from: 2.6, to: 3 },
    ];
    expect(duckTimes({ ...nothing, dub })).toEqual([
      { from: 0, to: 2 },
      { from: 2.6, to: 3 },
    ]);
  });

  const stretches = (apart: number) =>
    fc
      .array(fc.record({ gap: fc.integer({ min: apart, max: 9 }), length: fc.integer({ min: 1, max: 9 }) }))
      .map((all) => {
        let at = 0;
        return all.map(({ gap, length }) => {
          const from = Math.max(0, at + gap);
          at = from + length;
          return { from, to: at };
        });
      });
  const holds = (some: readonly Stretch[], second: number): boolean =>
    some.some(({ from, to }) => from <= second && second < to);

  test('second for second as it is said, however the lines overlap', () => {
    const [apart, tangled] = [stretches(1), stretches(-6)];
    fc.assert(
      fc.property(apart, tangled, tangled, tangled, fc.boolean(), (speech, replaced, kept, dub, bound) => {
        const times = duckTimes({ speech, replaced, kept, dub, bound });
        for (let second = 0; second < 200; second += 1) {
          const said = speech.find(({ from, to }) => from <= second && second < to);
          const meant = bound
            ? holds(replaced, second)
            : replaced.some(({ from, to }) => from < (said?.to ?? 0) && to > (said?.from ?? 0));
          const own = said !== undefined && meant && !holds(kept, second);
          expect(holds(times, second)).toBe(own || holds(dub, second));
        }
      }),
    );
  });

  test('of 20,000 lines as soon as of few', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => ({ from: 2 * at, to: 2 * at + 1 }));
    const all = { speech: lines, replaced: lines, kept: lines.slice(1), dub: [], bound: true };
    // Each with each of the others would be minutes.
    expect(duckTimes(all)).toEqual([{ from: 0, to: 1 }]);
  });
});

describe('the gain', () => {
  test('is exactly 1 outside, exactly that of the duck inside, and falls and rises between', () => {
    const curve = new DuckCurve([
      { from: 20_000, to: 30_000 },
      { from: 60_000, to: 61_000 },
    ]);
    const gains = new Float32Array(100_000);
    const blocks = [0, 1, 2, 3].map((block) =>
      curve.fill(gains.subarray(25_000 * block, 25_000 * (block + 1)), 25_000 * block),
    );
    expect(blocks).toEqual([true, true, true, false]);
    expect(gains.subarray(0, 20_000 - RAMP).every((gain) => gain === 1)).toBe(true);
    expect(gains.subarray(30_000 + RAMP, 60_000 - RAMP).every((gain) => gain === 1)).toBe(true);
    expect(gains.subarray(20_000, 30_000).every((gain) => gain === Math.fround(DUCKED))).toBe(true);
    const fall = gains.subarray(20_000 - RAMP - 1, 20_001);
    expect(fall.every((gain, at) => at === 0 || gain < (fall[at - 1] ?? 0))).toBe(true);
    const rise = gains.subarray(29_999, 30_000 + RAMP + 1);
    expect(rise.every((gain, at) => at === 0 || gain > (rise[at - 1] ?? 1))).toBe(true);
  });
});
