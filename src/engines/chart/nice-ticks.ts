import type { ChartExtent } from './chart-table.ts';

/** A scale whose ends and steps are numbers that people count by. */
export type NiceScale = ChartExtent & { readonly step: number };

/** 2.5 only from 25 on: steps of 0.25 and 2.5 need another decimal. */
const STEPS = [1, 2, 5, 10];
export const MOST_TICKS = 6;

/**
 * The narrowest nice scale around the numbers with few ticks.
 * @param fromZero bars and areas measure from zero, so it must be on the scale
 * @param most ticks, at least three: below zero, zero, and above
 */
export function niceScale(extent: ChartExtent | undefined, fromZero: boolean, most = MOST_TICKS): NiceScale {
  let { min, max } = extent ?? { min: 0, max: 0 };
  const nearZero = min > 0 && min < max * 0.5;
  const nearZeroBelow = max < 0 && max > min * 0.5;
  if (fromZero || nearZero) min = Math.min(0, min);
  if (fromZero || nearZeroBelow) max = Math.max(0, max);
  // Numbers that differ by less than what can be written differ by nothing.
  const size = Math.max(Math.abs(min), Math.abs(max));
  if (max - min <= size * 1e-9 || size < 1e-100) {
    const room = size < 1e-100 ? 1 : size * 0.1;
    min -= room;
    max += room;
    if (fromZero || extent === undefined || size < 1e-100) return niceScale({ min: 0, max: 1 }, true, most);
  }
  for (let power = Math.floor(Math.log10((max - min) / most)); ; power += 1) {
    for (const base of STEPS) {
      const step = base * 10 ** power;
      const low = Math.floor(min / step + 1e-9);
      const high = Math.ceil(max / step - 1e-9);
      if (high - low + 1 <= most) return { min: tidy(low * step), max: tidy(high * step), step: tidy(step) };
    }
  }
}

export function ticksOf({ min, max, step }: NiceScale): number[] {
  const count = Math.round((max - min) / step) + 1;
  return Array.from({ length: count }, (_, index) => tidy(min + index * step));
}

/** 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12)) || 0;
}
