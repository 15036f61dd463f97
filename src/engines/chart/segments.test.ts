import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChartRequest } from './chart-request.ts';
import { cutIntoSegments, dealOut, framesOf, segmentSecondsOf } from './segments.ts';

const HD = { width: 1280, height: 720, frameRate: 30 };

function request(duration: number, changes: Partial<typeof HD> = {}): ChartRequest {
  const table = { labels: [], series: [] };
  return { ...HD, type: 'Line', table, style: 'Normal', titleStart: 0, chartStart: 0, duration, ...changes };
}

function cut(asked: ChartRequest, seconds: number, lanes: number) {
  return cutIntoSegments(asked, { seconds, lanes }, (index) => `${index}.mp4`);
}

test('whatever the lengths, segments follow one another without a gap and have frames', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600_000 }),
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.01, max: 700, noNaN: true }),
      fc.integer({ min: 1, max: 4 }),
      (duration, frameRate, seconds, lanes) => {
        const asked = request(duration, { frameRate });
        const segments = cut(asked, seconds, lanes);
        const fitting = segments.filter(({ index, from, to }, at) => {
          return index === at && from === (segments[at - 1]?.to ?? 0) && to > from;
        });
        expect(fitting).toHaveLength(segments.length);
        expect(framesOf(segments)).toBe(Math.max(1, Math.round((duration * frameRate) / 1000)));
      },
    ),
    { numRuns: 200 },
  );
});

describe('lengths', () => {
  test('ten minutes are cut into thirty segments, the usual clip is one, or one for each lane', () => {
    const seconds = segmentSecondsOf(request(0));
    expect(cut(request(600_000), seconds, 1)).toHaveLength(30);
    expect(cut(request(15_000), seconds, 1)).toHaveLength(1);
    expect(cut(request(15_000), seconds, 2).map(({ from, to }) => to - from)).toEqual([225, 225]);
    expect(cut(request(50_000), seconds, 2)).toHaveLength(4);
  });

  test('pictures that take longer to draw have shorter segments, but no tiny ones', () => {
    expect(segmentSecondsOf(request(0, { width: 1920, height: 1080 }))).toBeCloseTo(20 / 2.25);
    expect(segmentSecondsOf(request(0, { width: 3840, height: 3840, frameRate: 60 }))).toBe(4);
    expect(segmentSecondsOf(request(0, { width: 320 }))).toBe(20);
  });
});

test('lanes take turns, and none is left without work', () => {
  const segments = cut(request(100_000), 20, 1);
  const dealt = dealOut(segments, 2).map((lane) => lane.map(({ index }) => index));
  expect(dealt).toEqual([
    [0, 2, 4],
    [1, 3],
  ]);
  expect(dealOut(segments.slice(3), 4)).toHaveLength(2);
  expect(dealOut([], 4)).toEqual([]);
});
