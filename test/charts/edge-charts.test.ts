import { describe, expect, test } from 'vitest';
import { sampleChart } from './sample-charts.ts';
import { CHART_TYPES, type ChartRequest } from '../../src/engines/chart/chart-request.ts';
import { STYLES } from '../../src/engines/chart/chart-style.ts';
import type { ChartTable } from '../../src/engines/chart/chart-table.ts';
import { composeScene } from '../../src/engines/chart/scene.ts';

const table = (labels: readonly string[], ...columns: (number | null)[][]): ChartTable => ({
  labels,
  series: columns.map((values, at) => ({ name: `Series ${at}`, values })),
});

type Pixels = { readonly data: Buffer; readonly width: number; readonly height: number };

function drawn(request: ChartRequest, part = 1): Pixels {
  const scene = composeScene(request);
  scene.draw(Math.min(scene.frames - 1, Math.floor(scene.frames * part)));
  return { data: Buffer.from(scene.canvas.data()), width: scene.canvas.width, height: scene.canvas.height };
}

/** How many pixels are exactly of a colour. */
function count({ data }: Pixels, colour: string | undefined): number {
  let found = 0;
  for (let at = 0; at < data.length; at += 4) if (`#${data.toString('hex', at, at + 3)}` === colour) found += 1;
  return found;
}

describe.each(CHART_TYPES)('%s', (type) => {
  test('is opaque on a ground that can be seen through', () => {
    const { data } = drawn(sampleChart(type, 'Green', { width: 256, height: 144, background: { color: '#f008' } }));
    expect(data.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
    const clear = drawn(
      sampleChart(type, 'Green', { width: 256, height: 144, background: { color: '#ff000040' } }),
      0,
    );
    expect(clear.data.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
  });

  test.each([
    { frameRate: 1, duration: 1000 },
    { frameRate: 2, duration: 1000 },
    { frameRate: 30, duration: 1000, titleStart: 600_000, chartStart: 600_000 },
  ])('ends with the whole chart: %o', (short) => {
    const size = { width: 256, height: 144, chartStart: 0 };
    const whole = drawn(sampleChart(type, 'Normal', { ...size, duration: 20_000 }));
    expect(drawn(sampleChart(type, 'Normal', { ...size, ...short })).data.equals(whole.data)).toBe(true);
  });
});

test.each([
  ['the only slice', table(['all'], [42])],
  ['the only slice that is left', table(['a', 'b'], [3, 1], [0, 5])],
])('a pie of one slice has a whole ring: %s', (_what, only) => {
  const plain = drawn(sampleChart('Pie', 'Normal', { width: 640, height: 360, table: only }));
  expect(count(plain, STYLES.Normal.palette[0])).toBeGreaterThan(5000);
});

/** The part of the picture that is another from one frame to the next, at most, while values move. */
function largestStep(request: ChartRequest): number {
  const scene = composeScene(request);
  let before: Uint8Array | undefined;
  let most = 0;
  for (let frame = scene.frames >> 2; frame < scene.frames * 0.8; frame += 1) {
    scene.draw(frame);
    const now = new Uint8Array(scene.canvas.data());
    let changed = 0;
    for (let at = 0; at < now.length; at += 4)
      if (Math.abs((now[at] ?? 0) - (before?.[at] ?? 0)) > 40) changed += 1;
    if (before !== undefined) most = Math.max(most, (4 * changed) / now.length);
    before = now;
  }
  return most;
}

test.each([
  ['comes in late', [null, null, 9, 9, 9]],
  ['has a gap', [9, null, null, null, 3]],
])('a racer that %s does not jump', (_what, values) => {
  const race = table(['1', '2', '3', '4', '5'], [10, 10, 10, 10, 10], values);
  const request = sampleChart('BarRace', 'Normal', { width: 320, height: 180, duration: 6000, table: race });
  // Its bar is a seventh of the picture.
  expect(largestStep(request)).toBeLessThan(0.04);
});

test('two racers that change places lie over each other without a flash', () => {
  const race = table(['1', '2', '3'], [10, 10, 10], [8, 10, 12]);
  const request = sampleChart('BarRace', 'Normal', { width: 320, height: 180, duration: 6000, table: race });
  // What moves is 0.05 of the picture in a frame; a bar is a fourth of it.
  expect(largestStep(request)).toBeLessThan(0.08);
});

test('a pie whose largest slice is gone in the next column turns evenly', () => {
  const outlier = table(['a', 'b', 'c'], [1e6, 1, 1], [1, 2, 3]);
  const request = sampleChart('Pie', 'Normal', { width: 320, height: 180, duration: 6000, table: outlier });
  expect(largestStep(request)).toBeLessThan(0.03);
});

test('a racer without a number is not there before its first', () => {
  const race = table(['1', '2', '3'], [10, 10, 10], [null, null, 9]);
  const request = sampleChart('BarRace', 'Normal', { width: 640, height: 360, table: race });
  expect(count(drawn(request, 0.2), STYLES.Normal.palette[1])).toBe(0);
  expect(count(drawn(request), STYLES.Normal.palette[1])).toBeGreaterThan(1000);
});

test('a hundred thousand moments with gaps are no work for each frame', () => {
  const rows = Array.from({ length: 100_000 }, (_, at) => at);
  const values = (first: number): (number | null)[] => rows.map((row) => (row === 0 ? first : null));
  const race = table(rows.map(String), ...[4, 3, 2, 1].map(values));
  const started = performance.now();
  drawn(sampleChart('BarRace', 'Normal', { width: 320, height: 180, table: race }));
  // Measured: 0.4 s; looking back from each row for its last number took minutes.
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('a point alone between gaps can be seen', () => {
  const lone = (...values: (number | null)[]): number => {
    const request = sampleChart('Line', 'Normal', {
      table: table(['a', 'b', 'c', 'd'], values, [0, 0, 0, 0]),
    });
    return count(drawn(request), STYLES.Normal.palette[0]);
  };
  // The rest is the number at the end of the line. A dot as wide as the line has 12 pixels.
  expect(lone(null, 5, null, 9)).toBeGreaterThan(lone(null, null, null, 9) + 25);
});

test('labels that find no room take none in memory either', () => {
  const rows = Array.from({ length: 300_000 }, (_, at) => at);
  const long = table(
    rows.map((row) => `Row ${row}`),
    rows.map((row) => row % 97),
  );
  const before = process.memoryUsage.rss();
  drawn(sampleChart('Line', 'Normal', { width: 320, height: 180, table: long }));
  // Measured: 150 MB; with a label for each row a gigabyte.
  expect((process.memoryUsage.rss() - before) / 1e6).toBeLessThan(500);
}, 60_000);
