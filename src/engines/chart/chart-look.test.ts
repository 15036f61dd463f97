import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { lookOf } from './chart-look.ts';
import { CHART_STYLES, type ChartRequest } from './chart-request.ts';
import { contrast, rgbOf } from './colour.ts';

const REQUEST: ChartRequest = {
  ...{ type: 'Line', style: 'Normal', table: { labels: [], series: [] } },
  ...{ width: 320, height: 180, frameRate: 25, duration: 3000, titleStart: 0, chartStart: 0 },
};

const GREYS = Array.from({ length: 52 }, (_, at) => `#${(at * 5).toString(16).padStart(2, '0').repeat(3)}`);
const HUES = ['#ff0000', '#00a000', '#0000ff', '#b05a3c', '#808000', '#008080', '#e0007f', '#ffd84d', '#39d0ff'];

describe.each(CHART_STYLES)('%s', (style) => {
  test('texts can be read on any ground', () => {
    for (const color of [...GREYS, ...HUES]) {
      const look = lookOf({ ...REQUEST, style, background: { color } });
      expect(contrast(rgbOf(look.style.ink), rgbOf(color)), `ink on ${color}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgbOf(look.style.muted), rgbOf(color)), `muted on ${color}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test('a ground that can be seen through is what is seen of it on the paper', () => {
  const ground = (style: ChartRequest['style'], color: string): string =>
    lookOf({ ...REQUEST, style, background: { color } }).style.paper[0];
  expect(ground('Normal', '#00000080')).toBe('#7f7f7f');
  expect(ground('Normal', '#ff000000')).toBe('#ffffff');
  expect(ground('Mystery', '#ff0000ff')).toBe('#ff0000');
});

test('a picture with nothing on it stands for the colour under it', () => {
  const empty = createCanvas(8, 8);
  const on = (color?: string): string =>
    lookOf({ ...REQUEST, background: color === undefined ? {} : { color } }, empty as never).style.paper[0];
  expect(on()).toBe('#ffffff');
  // 62 % of the style's paper lie over it.
  expect(on('#000000')).toBe('#9e9e9e');
});
