import type { ChartTable } from './chart-table.ts';

/**
 * At most so many rows: neighbours are taken together, by the value of each series that is farthest from zero, under
 * the first one's label. Bars narrower than a pixel show nothing else.
 */
export function thinnedRows(table: ChartTable, most: number): ChartTable {
  const rows = table.labels.length;
  if (rows <= most) return table;
  const size = Math.ceil(rows / most);
  const groups = Array.from({ length: Math.ceil(rows / size) }, (_, index) => index * size);
  return {
    labels: groups.map((start) => table.labels[start] ?? ''),
    series: table.series.map((series) => ({
      ...series,
      values: groups.map((start) => farthest(series.values.slice(start, start + size))),
    })),
  };
}

function farthest(values: readonly (number | null)[]): number | null {
  let found: number | null = null;
  for (const value of values) {
    if (value !== null && (found === null || Math.abs(value) > Math.abs(found))) found = value;
  }
  return found;
}

/** The rows that a line of so many pixels can show: of each group of neighbours the lowest and the highest. */
export function tellingRows(values: readonly (number | null)[], groups: number): number[] {
  if (values.length <= 2 * groups) return values.map((_, row) => row);
  const size = Math.ceil(values.length / groups);
  const rows = new Set<number>();
  for (let start = 0; start < values.length; start += size) {
    const end = Math.min(start + size, values.length);
    let low = start;
    let high = start;
    for (let row = start; row < end; row += 1) {
      const value = values[row] ?? undefined;
      if (value === undefined) continue;
      if (value < (values[low] ?? Infinity)) low = row;
      if (value > (values[high] ?? -Infinity)) high = row;
    }
    for (const row of [start, low, high, end - 1]) rows.add(row);
  }
  return [...rows].toSorted((a, b) => a - b);
}
