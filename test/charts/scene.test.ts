import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { distance, goldenFrames } from './golden-frames.ts';
import { sampleChart } from './sample-charts.ts';
import { CHART_TYPES, type ChartRequest } from '../../src/engines/chart/chart-request.ts';
import { STYLES } from '../../src/engines/chart/chart-style.ts';
import type { ChartTable } from '../../src/engines/chart/chart-table.ts';
import { composeScene } from '../../src/engines/chart/scene.ts';

const SMALL = { width: 320, height: 180, frameRate: 10, duration: 3000 } as const;

const table = (labels: readonly string[], ...columns: (number | null)[][]): ChartTable => ({
  labels,
  series: columns.map((values, at) => ({ name: `Series ${at}`, values })),
});
const many = Array.from({ length: 10_000 }, (_, at) => `Category number ${at}`);

const STRANGE: readonly (readonly [string, Partial<ChartRequest>])[] = [
  ['no rows', { table: table([]) }],
  ['no series', { table: table(['a', 'b']) }],
  ['nothing but gaps', { table: table(['a', 'b'], [null, null], [null, null]) }],
  ['numbers that are none', { table: table(['a', 'b'], [Number.NaN, Infinity], [1, -Infinity]) }],
  ['a single value', { table: table(['only'], [42]) }],
  ['the same value', { table: table(['a', 'b', 'c'], [7, 7, 7]) }],
  ['zeros', { table: table(['a', 'b', 'c'], [0, 0, 0], [0, 0, 0]) }],
  ['values below zero', { table: table(['a', 'b', 'c'], [-3, -8, -1], [-2, 5, -9]) }],
  ['huge and tiny values', { table: table(['a', 'b', 'c'], [1e300, -1e300, 1], [1e-300, 0, 5e-324]) }],
  [
    'gaps between values',
    { table: table(['a', 'b', 'c', 'd', 'e'], [1, null, 3, null, null], [null, 2, 2, 4, null]) },
  ],
  [
    '10,000 categories',
    {
      table: table(
        many,
        many.map((_, at) => Math.sin(at / 50) * at),
      ),
    },
  ],
  ['300 series', { table: table(['a', 'b', 'c'], ...many.slice(0, 300).map((_, at) => [at, 300 - at, 7])) }],
  ['rows that are short', { table: { labels: ['a', 'b', 'c'], series: [{ name: 's', values: [1] }] } }],
  [
    'long, empty and mixed texts',
    {
      table: table(
        ['x'.repeat(5000), '', ' ', '很长的类别名称'.repeat(100), '👨‍👩‍👧‍👦'.repeat(50), 'مبيعات'],
        [1, 2, 3, 4, 5, 6],
      ),
      title: { text: 'A title that goes on and on '.repeat(400), fontSize: 900 },
      subtitle: { text: 'مبيعات الربع الأول {b|rich} ${x} <b>' },
      unit: { text: '\u0000\u202e\n' },
      dataSource: { text: '來源'.repeat(900), fontFile: '"; } \\', fontColor: 'url(x)' },
      axes: { xFontSize: 500, yFontSize: 500, color: '30' },
    },
  ],
  ['a title later than the end', { titleStart: 1e9, chartStart: 1e9 }],
  ['a video of one frame', { duration: 1 }],
  ['a video as small as can be', { width: 16, height: 16 }],
  ['an unknown language', { language: 'not a language' }],
];

describe.each(CHART_TYPES)('%s', (type) => {
  test.each(STRANGE)('is drawn with %s', (_what, changes) => {
    const scene = composeScene(sampleChart(type, 'Lively', { ...SMALL, ...changes }));
    for (const frame of [0, scene.frames >> 1, scene.frames - 1]) {
      scene.draw(frame);
      expect(scene.canvas.data().every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
    }
  });

  test('a frame does not depend on those drawn before it', () => {
    const request = sampleChart(type, 'Mystery', SMALL);
    const straight = composeScene(request);
    for (let frame = 0; frame <= 20; frame += 1) straight.draw(frame);
    const alone = composeScene(request);
    alone.draw(20);
    expect(straight.canvas.data().equals(alone.canvas.data())).toBe(true);
  });

  test('a frame that is said to repeat is the one before it, and the last second stands still', () => {
    const scene = composeScene(
      sampleChart(type, 'Normal', { ...SMALL, duration: 4000, titleStart: 800, chartStart: 900 }),
    );
    let before: Buffer | undefined;
    const repeats: number[] = [];
    const wrong: number[] = [];
    for (let frame = 0; frame < scene.frames; frame += 1) {
      scene.draw(frame);
      const pixels = Buffer.from(scene.canvas.data());
      if (scene.repeats(frame)) repeats.push(frame);
      if (scene.repeats(frame) && before?.equals(pixels) !== true) wrong.push(frame);
      before = pixels;
    }
    expect(wrong).toEqual([]);
    expect(repeats).toEqual(expect.arrayContaining([1, 5, 31, 35, 39]));
    expect(repeats).not.toContain(20);
  });
});

test('the row of a small slice of a pie is there in full when its slice is', () => {
  const small = table(['most', 'little'], [98, 2]);
  const scene = composeScene(sampleChart('Pie', 'Normal', { width: 640, height: 360, table: small }));
  scene.draw(scene.frames - 1);
  const pixels = scene.canvas.data();
  const hue = STYLES.Normal.palette[1]?.slice(1) ?? '';
  let chip = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    // The ring is in the left half.
    if ((at / 4) % 640 > 300 && pixels.toString('hex', at, at + 3) === hue) chip += 1;
  }
  expect(chip).toBeGreaterThan(20);
});

/** Fonts are ours and the renderer is pinned; what is left is how processors round. */
const MEAN = 1;
const WORST = 24;

test('frames are near those that were looked at and kept', async () => {
  const path = new URL('./golden-frames.json', import.meta.url);
  const kept = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  const frames = goldenFrames();
  expect(frames.map(({ name }) => name)).toEqual(Object.keys(kept));
  for (const { name, glance } of frames) {
    const apart = distance(glance, kept[name] ?? '');
    expect(apart.mean, name).toBeLessThan(MEAN);
    expect(apart.worst, name).toBeLessThan(WORST);
  }
  // The measure can fail: the middle of a video is not its end.
  expect(distance(frames[0]?.glance ?? [], kept[frames[1]?.name ?? ''] ?? '').mean).toBeGreaterThan(MEAN);
});
