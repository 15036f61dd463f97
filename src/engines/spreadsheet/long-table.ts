import { cellText } from './cell-meaning.ts';
import { UniqueNames, type ChartTable, type Heading } from './chart-table.ts';
import { columnValues } from './column-values.ts';
import { followInTime } from './cycle-parts.ts';
import type { Distinct } from './distinct-headings.ts';
import { leftOutNotes } from './left-out.ts';
import type { DecimalMark } from './number-text.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { tooLarge } from './spreadsheet-refusal.ts';
import { placeIn } from './table-cells.ts';
import type { ColumnKind } from './table-columns.ts';
import type { TableFrame } from './table-frame.ts';

/** Positions of a table's columns. */
export type ColumnRoles = {
  readonly heads: readonly number[];
  readonly numbers: readonly number[];
  readonly distinct: (at: number) => Distinct;
};

/**
 * A long table, with a number in each row and two columns that say when and whose it is, as databases export them:
 * each name gets a column of its own. Undefined where the table is no such one.
 * @param mark the decimal mark where the numbers do not show it
 */
export function spreadLongTable(
  frame: TableFrame,
  kinds: readonly ColumnKind[],
  roles: ColumnRoles,
  mark: DecimalMark,
): ChartTable | undefined {
  const [value] = roles.numbers;
  const found = value === undefined ? undefined : whenAndWhose(frame, kinds, roles);
  if (value === undefined || found === undefined) return undefined;
  const { time, rows, names } = found;
  if (rows.headings.length * names.headings.length > SPREADSHEET_LIMITS.cells) {
    throw tooLarge(
      `The table has ${rows.headings.length} times and ${names.headings.length} names, too many to draw.`,
    );
  }
  const cells = frame.body.map((row) => row.cells[value]);
  const own = columnValues(cells, placeIn(frame, value), frame.grid.sheet, mark);
  const unit = own.unit || frame.unit;
  const { values } = own;
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
    time: kinds[time]?.kind === 'dates' || followInTime(rows.headings.map(({ text }) => text)) ? 'rows' : 'none',
    notes: [
      ...frame.notes,
      'Each name of the long table is drawn as a series of its own.',
      ...leftOutNotes(frame, kinds, left(roles, [time, found.name, value])),
    ],
  };
}

type WhenAndWhose = {
  readonly time: number;
  readonly name: number;
  readonly rows: Distinct;
  readonly names: Distinct;
};

/**
 * The columns with the times and the names: dates, or without any the first of two; and the first words that stand
 * once with each time. Both repeat: a weekday beside each date is a remark, a continent beside each country a group.
 */
function whenAndWhose(
  frame: TableFrame,
  kinds: readonly ColumnKind[],
  { heads, numbers, distinct }: ColumnRoles,
): WhenAndWhose | undefined {
  const dates = heads.filter((at) => kinds[at]?.kind === 'dates');
  const [time] = dates.length === 0 ? heads : dates;
  if (time === undefined || heads.length < 2) return undefined;
  if (dates.length !== 1 && (heads.length > 2 || numbers.length > 1)) return undefined;
  const rows = distinct(time);
  const count = frame.body.length;
  if (rows.headings.length === count) return undefined;
  for (const name of heads) {
    if (name === time) continue;
    const names = distinct(name);
    if (names.headings.length === count) continue;
    if (names.headings.length * 2 > count && rows.headings.length * 2 > count) continue;
    const pairs = new Set(rows.keyOf.map((key, row) => `${key},${names.keyOf[row] ?? 0}`));
    if (pairs.size === count) return { time, name, rows, names };
  }
  return undefined;
}

function left({ heads, numbers }: ColumnRoles, used: readonly number[]): number[] {
  return [...heads, ...numbers].filter((at) => !used.includes(at)).toSorted((a, b) => a - b);
}

function chronological(headings: readonly Heading[]): number[] {
  return headings
    .map((_heading, at) => at)
    .toSorted((a, b) => (headings[a]?.date?.at ?? 0) - (headings[b]?.date?.at ?? 0));
}
