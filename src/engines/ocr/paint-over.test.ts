import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { FrameArea } from '../video/frame-area.ts';
import type { BurnedLine } from './burned-line.ts';
import { detextAreas } from './detext-areas.ts';
import { paintOver } from './paint-over.ts';

const folder = mkdtempSync(join(tmpdir(), 'paint-over-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Grey pixels of a picture of that size after painting: black, with a white area in it. */
function painted(chain: string, width: number, height: number, area: FrameArea, at = 0): Buffer {
  writeFileSync(join(folder, 'chain.txt'), chain);
  const [x, y] = [Math.ceil(area.x * width), Math.ceil(area.y * height)];
  const [w, h] = [Math.floor(area.width * width), Math.floor(area.height * height)];
  // Sources of colour have even sides only.
  const source = [
    `color=black:s=${width + 1}x${height + 1}:r=5:d=4,format=yuv444p,crop=${width}:${height}:0:0:exact=1`,
    `format=yuv420p,drawbox=${x + 8}:${y + 8}:${w - 16}:${h - 16}:white:fill`,
  ].join(',');
  return execFileSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', source, '-filter_script:v', 'chain.txt', '-ss', String(at)],
      ...['-frames:v', '1', '-pix_fmt', 'gray', '-f', 'rawvideo', '-'],
    ],
    { cwd: folder },
  );
}

const line = (from: number, to: number, x: number, width: number, y = 0.88): BurnedLine => ({
  ...{ from, to, text: 'Some words', confidence: 0.9, area: { x, y, width, height: 0.09 } },
});

describe('painting over', () => {
  const middle = { x: 0.3, y: 0.4, width: 0.4, height: 0.2 };

  test.each([
    ['in the middle', 320, 180, middle],
    ['at the upper left corner', 320, 180, { x: 0, y: 0, width: 0.5, height: 0.3 }],
    ['at the lower right corner', 320, 180, { x: 0.5, y: 0.7, width: 0.5, height: 0.3 }],
    ['right across the lower edge', 320, 180, { x: 0, y: 0.8, width: 1, height: 0.2 }],
    ['of a picture with odd sides', 321, 181, { x: 0.5, y: 0.7, width: 0.5, height: 0.3 }],
  ])('leaves nothing of what stood %s', (_, width, height, area) => {
    const pixels = painted(paintOver(detextAreas({ areas: [area] }), { width, height }), width, height, area);
    expect(pixels.length).toBe(width * height);
    expect(Math.max(...pixels)).toBeLessThan(40);
  });

  test('works on the whole picture, and on areas too small to be seen', () => {
    const whole = { x: 0, y: 0, width: 1, height: 1 };
    const chain = paintOver(detextAreas({ areas: [whole] }), { width: 320, height: 180 });
    expect(painted(chain, 320, 180, middle).length).toBe(320 * 180);
    expect(paintOver(detextAreas({ areas: [{ ...middle, width: 0.001 }] }), { width: 320, height: 180 })).toBe(
      'null',
    );
    expect(paintOver([], { width: 320, height: 180 })).toBe('null');
  });

  test('happens only while the text stands', () => {
    const chain = paintOver([{ area: middle, times: [{ from: 1, to: 2 }] }], { width: 320, height: 180 });
    expect(Math.max(...painted(chain, 320, 180, middle, 1.4))).toBeLessThan(40);
    expect(Math.max(...painted(chain, 320, 180, middle, 3))).toBeGreaterThan(200);
  });

  test('takes thousands of lines', () => {
    const lines = Array.from({ length: 4000 }, (_, index) => ({
      ...line(index * 4, index * 4 + 2, 0.3, 0.4),
      area: middle,
    }));
    const chain = paintOver(detextAreas({ lines }), { width: 320, height: 180 });
    expect(Math.max(...painted(chain, 320, 180, middle, 1))).toBeLessThan(40);
  });
});

describe('areas of lines that were read', () => {
  test('hold the lines, for as long as they stand and a little more', () => {
    const [area, ...others] = detextAreas({ lines: [line(5, 7, 0.3, 0.4)] });
    expect(others).toEqual([]);
    expect(area?.area.x).toBeLessThanOrEqual(0.3);
    expect((area?.area.x ?? 0) + (area?.area.width ?? 0)).toBeGreaterThanOrEqual(0.7);
    expect(area?.times).toEqual([{ from: 4.7, to: 7.3 }]);
  });

  test('are few however many lines there are, and do not flicker between two of them', () => {
    const lines = Array.from({ length: 200 }, (_, index) => {
      const width = 0.2 + (index % 40) / 60;
      return line(index * 3, index * 3 + 2.8, 0.5 - width / 2, width);
    });
    const areas = detextAreas({ lines });
    expect(areas.length).toBeLessThanOrEqual(6);
    for (const { from, to, area } of lines) {
      const holder = areas.find(
        ({ area: { x, width }, times }) =>
          x <= area.x + 1e-9 &&
          x + width >= area.x + area.width - 1e-9 &&
          (times ?? []).some((time) => time.from <= from && time.to >= to),
      );
      expect(holder).toBeDefined();
    }
    expect(detextAreas({ lines: [line(0, 2, 0.3, 0.4), line(2.1, 4, 0.3, 0.4)] })[0]?.times).toEqual([
      { from: 0, to: 4.3 },
    ]);
  });
});
