import { describe, expect, test } from 'vitest';
import { CHART_STYLES } from './chart-request.ts';
import { STYLES } from './chart-style.ts';
import { contrast, rgbOf, type Rgb } from './colour.ts';

/** Machado, Oliveira, Fernandes 2009, full severity, on linear light. */
const BLINDNESS = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  none: [1, 0, 0, 0, 1, 0, 0, 0, 1],
} as const;

const linear = (part: number): number =>
  part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;

/** What an eye makes of a colour, in CIE L*a*b* (D65). */
function seen(colour: Rgb, matrix: readonly number[]): [number, number, number] {
  const [r, g, b] = colour.map(linear) as [number, number, number];
  const row = (at: number): number =>
    Math.min(1, Math.max(0, (matrix[at] ?? 0) * r + (matrix[at + 1] ?? 0) * g + (matrix[at + 2] ?? 0) * b));
  const [red, green, blue] = [row(0), row(3), row(6)];
  const f = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(one: Rgb, other: Rgb, matrix: readonly number[]): number {
  const [a, b] = [seen(one, matrix), seen(other, matrix)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

describe.each(CHART_STYLES)('%s', (name) => {
  const style = STYLES[name];
  const colours = style.palette.map(rgbOf);

  test.each(Object.keys(BLINDNESS) as (keyof typeof BLINDNESS)[])('hues stay apart with %s', (kind) => {
    colours.forEach((one, at) => {
      for (const [behind, other] of colours.slice(at + 1).entries()) {
        // Neighbours (of bars, slices, layers) need more than two of a palette that rarely meet.
        const least = behind === 0 ? 12 : 8;
        const pair = `${style.palette[at]} and ${style.palette[at + 1 + behind]}`;
        expect(distance(one, other, BLINDNESS[kind]), pair).toBeGreaterThan(least);
      }
    });
  });

  test('texts can be read', () => {
    for (const paper of style.paper.map(rgbOf)) {
      expect(contrast(rgbOf(style.ink), paper)).toBeGreaterThan(7);
      expect(contrast(rgbOf(style.muted), paper)).toBeGreaterThan(4.5);
    }
  });

  test('the first hue stands out from the paper', () => {
    for (const paper of style.paper.map(rgbOf)) {
      expect(contrast(colours[0] ?? [0, 0, 0], paper)).toBeGreaterThan(3);
    }
  });
});
