import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALL_TEXTS, APPEARANCE, passed, timelineOf } from './timeline.ts';

const EARLY = { titleStart: 0, chartStart: 0 };

test('the usual clip: axes before values, and a second to read the end', () => {
  const found = timelineOf({ duration: 15_000, frameRate: 30, titleStart: 0, chartStart: 1000 });
  expect(found).toMatchObject({
    frames: 450,
    title: 0,
    pace: 1,
    axes: 1,
    axesTime: APPEARANCE,
    start: 1.35,
    end: 14,
  });
});

test('however short, and however late all is asked for, the last frame has everything in full', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12_000 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 20_000 }),
      (duration, frameRate, titleStart, chartStart) => {
        const { frames, title, pace, axes, axesTime, start, end } = timelineOf({
          ...{ duration, frameRate, titleStart, chartStart },
        });
        const last = Math.min((frames - 1) / frameRate, end);
        expect(passed(last, title, ALL_TEXTS * pace)).toBe(1);
        expect(passed(last, axes, axesTime)).toBe(1);
        expect(passed(last, start, end - start)).toBe(1);
        expect(start).toBeLessThanOrEqual(end);
      },
    ),
  );
});

test('where there is time for it, texts take the usual time', () => {
  expect(timelineOf({ duration: 3000, frameRate: 25, titleStart: 9e9, chartStart: 0 })).toMatchObject({
    pace: 1,
    title: 2 - ALL_TEXTS,
  });
  expect(timelineOf({ duration: 1000, frameRate: 25, ...EARLY }).pace).toBeLessThan(1);
});
