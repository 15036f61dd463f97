import { headCell, placeIn, rowHeading } from './table-cells.ts';
import { cellText } from './cell-meaning.ts';
import { UniqueNames, type ChartTable, type Heading } from './chart-table.ts';
import { columnValues } from './column-values.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { tooLarge } from './spreadsheet-refusal.ts';
import type { ColumnKind } from './table-columns.ts';
import type { TableFrame } from './table-frame.ts';

/** Positions of a table's columns. */
export type ColumnRoles = { readonly heads: readonly number[]; readonly numbers: readonly number[] };

/**
 * A long table, with one number in each row and two columns that say when and whose it is, as databases export
 * them: each name gets a column of its own. Undefined where the table is no such one.
 */
export function spreadLongTable(
  frame: TableFrame,
  kinds: readonly ColumnKind[],
  { heads, numbers }: ColumnRoles,
): ChartTable | undefined {
  const [value] = numbers;
  const [first, second] = heads;
  if (numbers.length !== 1 || heads.length !== 2) return undefined;
  if (value === undefined || first === undefined || second === undefined) return undefined;
  const secondIsTime = kinds[first]?.kind !== 'dates' && kinds[second]?.kind === 'dates';
  const [time, name] = secondIsTime ? [second, first] : [first, second];
  const rows = distinct(frame, time, kinds[time]);
  const names = distinct(frame, name, kinds[name]);
  const count = frame.body.length;
  // Each pair stands once, and one of them repeats: else the second column is but a remark.
  const pairs = new Set(rows.keyOf.map((key, row) => `${key},${names.keyOf[row] ?? 0}`));
  if (pairs.size !== count || (rows.headings.length === count && names.headings.length === count)) return undefined;
  if (names.headings.length * 2 > count && rows.headings.length * 2 > count) return undefined;
  if (rows.headings.length * names.headings.length > SPREADSHEET_LIMITS.cells) {
    throw tooLarge(
      `The table has ${rows.headings.length} times and ${names.headings.length} names, too many to draw.`,
    );
  }
  const cells = frame.body.map((row) => row.cells[value]);
  const { unit, values } = columnValues(cells, placeIn(frame, value), frame.grid.sheet);
  const order =
    kinds[time]?.kind === 'dates' ? chronological(rows.headings) : rows.headings.map((_heading, at) => at);
  const placeOf = new Map(order.map((key, place) => [key, place]));
  const spread = names.headings.map(() => Array.from<number | null>({ length: order.length }).fill(null));
  values.forEach((number, row) => {
    const column = spread[names.keyOf[row] ?? 0];
    if (column !== undefined) column[placeOf.get(rows.keyOf[row] ?? 0) ?? 0] = number;
  });
  const unique = new UniqueNames();
  return {
    sheet: frame.grid.sheet,
    title: frame.title,
    rowsName: cellText(frame.names?.[time]),
    rows: order.map((key) => rows.headings[key] ?? { text: '' }),
    columns: names.headings.map((heading, at) => {
      const text = unique.take(heading.text || `Series ${at + 1}`);
      return { heading: { ...heading, text }, unit, values: spread[at] ?? [] };
    }),
    time: kinds[time]?.kind === 'dates' ? 'rows' : 'none',
    notes: [...frame.grid.notes, 'Each name of the long table is drawn as a series of its own.'],
  };
}

type Distinct = {
  readonly headings: readonly Heading[];
  /** For each row of the body the number of its heading. */
  readonly keyOf: readonly number[];
};

function distinct(frame: TableFrame, at: number, kind: ColumnKind | undefined): Distinct {
  const headings: Heading[] = [];
  const numbers = new Map<string, number>();
  const keyOf = frame.body.map((_row, row) => {
    const heading = rowHeading(headCell(frame, row, at), kind);
    const key = heading.date === undefined ? heading.text : String(heading.date.at);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, headings.length);
    return headings.push(heading) - 1;
  });
  return { headings, keyOf };
}

function chronological(headings: readonly Heading[]): number[] {
  return headings
    .map((_heading, at) => at)
    .toSorted((a, b) => (headings[a]?.date?.at ?? 0) - (headings[b]?.date?.at ?? 0));
}
