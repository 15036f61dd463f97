import { describe, expect, test } from 'vitest';
import { CHART_STYLES } from './chart-request.ts';
import { hueOf, STYLES } from './chart-style.ts';
import { contrast, rgbOf } from './colour.ts';
import { colourDifference, seenWith, VISIONS } from './test-colour-vision.ts';

/** Neighbours are bars, layers and slices that touch; a ring has the last beside the first. */
const LEAST_BETWEEN_NEIGHBOURS = 12;
const LEAST_BETWEEN_OTHERS = 8;
const EYES = Object.keys(VISIONS) as (keyof typeof VISIONS)[];

describe('the measure of colours', () => {
  // From the published test data: pairs that formulas get wrong, and greys.
  test.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ] as const)('is CIEDE2000: %j and %j are %d apart', (one, other, apart) => {
    expect(colourDifference(one, other)).toBeCloseTo(apart, 4);
    expect(colourDifference(other, one)).toBeCloseTo(apart, 4);
  });

  test('finds red and green alike without green cones, and apart with them', () => {
    const apart = (vision: keyof typeof VISIONS): number =>
      colourDifference(seenWith(vision, rgbOf('#b05a3c')), seenWith(vision, rgbOf('#6f7a2e')));
    expect(apart('all three cones')).toBeGreaterThan(25);
    expect(apart('deuteranopia')).toBeLessThan(LEAST_BETWEEN_OTHERS);
  });
});

describe.each(CHART_STYLES)('%s', (name) => {
  const style = STYLES[name];
  const colours = style.palette.map(rgbOf);

  test.each(EYES)('hues stay apart for eyes with %s', (eyes) => {
    const seen = colours.map((colour) => seenWith(eyes, colour));
    const close = seen.flatMap((one, at) =>
      seen.slice(at + 1).flatMap((other, behind) => {
        const touch = behind === 0 || (at === 0 && behind === seen.length - 2);
        const apart = colourDifference(one, other);
        if (apart >= (touch ? LEAST_BETWEEN_NEIGHBOURS : LEAST_BETWEEN_OTHERS)) return [];
        return [`${style.palette[at]} and ${style.palette[at + 1 + behind]}: ${apart.toFixed(1)}`];
      }),
    );
    expect(close).toEqual([]);
  });

  test('a hue that is used a second time is told from the first', () => {
    const count = style.palette.length;
    style.palette.forEach((hue, at) => {
      const second = rgbOf(hueOf(style, at + count));
      const apart = colourDifference(seenWith('all three cones', rgbOf(hue)), seenWith('all three cones', second));
      expect(apart, hue).toBeGreaterThan(LEAST_BETWEEN_NEIGHBOURS);
      expect(contrast(second, rgbOf(style.paper[0])), hue).toBeGreaterThan(1.5);
      expect(hueOf(style, at)).toBe(hue);
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
