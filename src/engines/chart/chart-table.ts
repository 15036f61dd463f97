/** One column of numbers. */
export type ChartSeries = {
  readonly name: string;
  /** As many as the table has labels; null where there is no number. */
  readonly values: readonly (number | null)[];
  /** The values are fractions of one, to be shown as percentages: 0.25 is "25%". */
  readonly percent?: boolean;
};

/**
 * What a chart shows, as plain JSON: a label for each row, and columns of numbers.
 *
 * How the types of chart read it:
 * - Line, Area, Histogram, StackedBar: labels along the axis, one line, area or set of bars for each series.
 * - Pie: one slice for each label; with several series the pie moves from one to the next, in order.
 * - BarRace: labels are moments, series are the racers.
 * - Scatter: one point for each row; the first series is x, the second y, the third (if any) the size. A single
 *   series is y, and x is the row's number.
 */
export type ChartTable = {
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
};

export type ChartExtent = { readonly min: number; readonly max: number };

/** A number that can be drawn; whatever else came through JSON (null, text) is none. */
export function drawable(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The least and greatest of all numbers, or undefined where there are none. */
export function extentOf(columns: readonly (readonly (number | null)[])[]): ChartExtent | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (const values of columns) {
    for (const value of values) {
      const number = drawable(value);
      if (number === undefined) continue;
      if (number < min) min = number;
      if (number > max) max = number;
    }
  }
  return min > max ? undefined : { min, max };
}

/** The table with a value for each label of each series, and nothing but numbers and nulls. */
export function evenTable(table: ChartTable): ChartTable {
  return {
    labels: table.labels,
    series: table.series.map((series) => ({
      ...series,
      values: table.labels.map((_, row) => drawable(series.values[row]) ?? null),
    })),
  };
}
