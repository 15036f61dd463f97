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
