import type { ChartTable } from './chart-table.ts';

export type Slice = {
  readonly name: string;
  /** One for each series; what is missing or below zero has no part in a whole and is 0. */
  readonly values: readonly number[];
};

/** More slices than this cannot be told apart; the small ones are taken together. */
const MOST_SLICES = 8;

/** The largest first, by what they are over all series; the rest is one slice of its own. */
export function slicesOf({ labels, series }: ChartTable, other: string): Slice[] {
  const all = labels.map((name, row) => ({
    name,
    values: series.map(({ values }) => Math.max(0, values[row] ?? 0)),
  }));
  const sum = ({ values }: Slice): number => values.reduce((whole, value) => whole + value, 0);
  const order = all.toSorted((a, b) => sum(b) - sum(a)).filter((slice) => sum(slice) > 0);
  if (order.length <= MOST_SLICES) return order;
  const rest = order.slice(MOST_SLICES - 1);
  const values = series.map((_, at) => rest.reduce((whole, slice) => whole + (slice.values[at] ?? 0), 0));
  return [...order.slice(0, MOST_SLICES - 1), { name: other, values }];
}

/** A moment of a pie that goes from series to series. */
export type PieMoment = {
  /** How much of the circle is drawn, 0 to 1. */
  readonly sweep: number;
  readonly values: readonly number[];
  /**
   * Of the whole, 0 to 1. They travel by themselves: by values, a slice that was a million times the others would be
   * the whole ring until the last moment.
   */
  readonly shares: readonly number[];
  /** The series that the values belong to, or are nearest to. */
  readonly series: number;
};

/** Of the time of a series, how long it stands before the next comes. */
const STAND = 0.45;

export function pieAt(
  slices: readonly Slice[],
  count: number,
  part: number,
  ease: (part: number) => number,
): PieMoment {
  const opening = count > 1 ? 1 / (count + 0.5) : 1;
  const valuesOf = (index: number): number[] => slices.map(({ values }) => values[index] ?? 0);
  if (part < opening || count <= 1) {
    const values = valuesOf(0);
    return { sweep: part < opening ? ease(part / opening) : 1, values, shares: sharesOf(values), series: 0 };
  }
  const steps = ((part - opening) / (1 - opening)) * (count - 1);
  const from = Math.min(Math.floor(steps), count - 2);
  const moved = ease(Math.min(1, Math.max(0, (steps - from - STAND) / (1 - STAND))));
  const [before, after] = [valuesOf(from), valuesOf(from + 1)];
  return {
    sweep: 1,
    values: between(before, after, moved),
    shares: between(sharesOf(before), sharesOf(after), moved),
    series: moved < 0.5 ? from : from + 1,
  };
}

function sharesOf(values: readonly number[]): number[] {
  const whole = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (whole > 0 ? value / whole : 0));
}

function between(before: readonly number[], after: readonly number[], part: number): number[] {
  return before.map((value, at) => value + ((after[at] ?? 0) - value) * part);
}
