import type { Cell, Sheet } from './cell.ts';
import { cellText, headingOf, numberDate } from './cell-meaning.ts';
import { UniqueNames, type ChartTable, type Heading, type TableColumn } from './chart-table.ts';
import { columnValues, tableMark } from './column-values.ts';
import { isSumOf, TOTAL } from './closing-rows.ts';
import { followInTime } from './cycle-parts.ts';
import { gridOf } from './sheet-grid.ts';
import { RefusedSpreadsheet } from './spreadsheet-refusal.ts';
import { distinctHeadings } from './distinct-headings.ts';
import { leftOutNotes } from './left-out.ts';
import type { DecimalMark } from './number-text.ts';
import { headCell, placeIn, rowHeading } from './table-cells.ts';
import { columnKinds, type ColumnKind } from './table-columns.ts';
import { frameOf, type TableFrame } from './table-frame.ts';
import { spreadLongTable, type ColumnRoles } from './long-table.ts';
import { joinYearAndPart } from './year-and-part.ts';

/**
 * Makes a table of whatever people have in a sheet: finds its title, its names, the column that heads the rows and
 * the columns of numbers; a long table (time, name, number in each row) gets a column for each name.
 */
export function buildTable(sheet: Sheet): ChartTable {
  const frame = joinYearAndPart(frameOf(gridOf(sheet)));
  const kinds = columnKinds(frame);
  const numbers = kinds.flatMap(({ kind }, at) => (kind === 'numbers' ? [at] : []));
  const heads = kinds.flatMap(({ kind }, at) => (kind === 'words' || kind === 'dates' ? [at] : []));
  const mark = tableMark(numbers.map((at) => frame.body.map(({ cells }) => cells[at])));
  const roles = { heads, numbers, distinct: distinctHeadings(frame, kinds) };
  const long = spreadLongTable(frame, kinds, roles, mark);
  if (long !== undefined) return long;
  // Without words or dates the first of several columns heads the rows: the x of a scatter chart.
  const head = mostTelling(roles) ?? (numbers.length > 1 ? numbers[0] : undefined);
  const drawn = numbers.filter((at) => at !== head);
  if (frame.body.length === 0 || drawn.length === 0) throw noNumbers(frame);
  const names = new UniqueNames();
  const all = drawn.map((at) => tableColumn(frame, at, { position: numbers.indexOf(at), names, mark }));
  const { columns, note } = withoutTotal(all);
  const kind = head === undefined ? undefined : kinds[head];
  const rows = rowHeadings(frame, head, kind, mark);
  const left = kinds.flatMap(({ kind: of }, at) =>
    of === 'row-numbers' || (heads.includes(at) && at !== head) ? [at] : [],
  );
  return {
    sheet: sheet.name,
    title: frame.title,
    rowsName: head === undefined ? '' : cellText(frame.names?.[head]),
    rows,
    columns,
    time: timeOf(kind, rows, columns),
    notes: [...frame.notes, ...note, ...leftOutNotes(frame, kinds, left)],
  };
}

/** Almost as many different headings as the column with the most. */
const ALMOST = 0.9;

/** Of several columns of words or dates the first that tells the rows apart: countries, not their continents. */
function mostTelling({ heads, distinct }: ColumnRoles): number | undefined {
  if (heads.length < 2) return heads[0];
  const counts = heads.map((at) => distinct(at).headings.length);
  const most = Math.max(...counts);
  return heads.find((_head, at) => (counts[at] ?? 0) >= most * ALMOST);
}

function noNumbers({ grid, names }: TableFrame): RefusedSpreadsheet {
  const where = grid.sheet === '' ? 'The file' : `Sheet ${JSON.stringify(grid.sheet)}`;
  const seen = names === undefined ? '' : ` under ${JSON.stringify(names.map(cellText).join(' | ').slice(0, 200))}`;
  const message = `${where} has no column of numbers${seen}. A table needs names or dates in one column, numbers in others.`;
  return new RefusedSpreadsheet('SpreadsheetNoNumbers', message);
}

/** A last column that sums up the times before it is none of them. */
function withoutTotal(columns: readonly TableColumn[]): { columns: readonly TableColumn[]; note: string[] } {
  const total = columns.at(-1);
  const parts = columns.slice(0, -1);
  if (total === undefined || !TOTAL.test(total.heading.text) || !areTimes(parts)) return { columns, note: [] };
  const isSum = total.values.every(
    (sum, row) =>
      sum === null ||
      isSumOf(
        sum,
        parts.map(({ values }) => values[row] ?? 0),
      ),
  );
  if (!isSum) return { columns, note: [] };
  const note = `Column ${JSON.stringify(total.heading.text)} sums up the others and is left out.`;
  return { columns: parts, note: [note] };
}

/** Names that say what their own numbers are in. */
const OWN_UNIT = /[(（%]|率$|占比|比重/u;

function tableColumn(
  frame: TableFrame,
  at: number,
  { position, names, mark }: { position: number; names: UniqueNames; mark: DecimalMark },
): TableColumn {
  const cells = frame.body.map((row) => row.cells[at]);
  const { unit, values } = columnValues(cells, placeIn(frame, at), frame.grid.sheet, mark);
  const heading = columnHeading(frame.names?.[at]);
  const text = names.take(heading.text || `Series ${position + 1}`);
  return { heading: { ...heading, text }, unit: unit || (OWN_UNIT.test(text) ? '' : frame.unit), values };
}

/** 2019 over a column is a year, 202401 a month. */
function columnHeading(cell: Cell): Heading {
  const date = numberDate(cell);
  return date === undefined ? headingOf(cell) : { text: date.text, date };
}

function rowHeadings(
  frame: TableFrame,
  at: number | undefined,
  kind: ColumnKind | undefined,
  mark: DecimalMark,
): Heading[] {
  if (at === undefined) return frame.body.map((_row, row) => ({ text: String(row + 1), number: row + 1 }));
  if (kind?.kind === 'numbers') return numberHeadings(frame, at, mark);
  return frame.body.map((_row, row) => {
    const cell = headCell(frame, row, at);
    if (typeof cell === 'object' && (cell.kind === 'error' || cell.kind === 'uncomputed')) {
      columnValues([cell], () => placeIn(frame, at)(row), frame.grid.sheet, mark);
    }
    return rowHeading(cell, kind);
  });
}

/** The x of a scatter chart, typed as a number or as a text. */
function numberHeadings(frame: TableFrame, at: number, mark: DecimalMark): Heading[] {
  const cells = frame.body.map((row) => row.cells[at]);
  const { values } = columnValues(cells, placeIn(frame, at), frame.grid.sheet, mark);
  return values.map((number, row) => {
    const text = cellText(cells[row]);
    return number === null ? { text } : { text, number };
  });
}

function timeOf(
  kind: ColumnKind | undefined,
  rows: readonly Heading[],
  columns: readonly TableColumn[],
): ChartTable['time'] {
  if (kind?.kind === 'dates' || followInTime(rows.map(({ text }) => text))) return 'rows';
  return areTimes(columns) ? 'columns' : 'none';
}

function areTimes(columns: readonly TableColumn[]): boolean {
  const headings = columns.map(({ heading }) => heading);
  if (headings.length > 1 && headings.every(({ date }) => date !== undefined)) return true;
  return followInTime(headings.map(({ text }) => text));
}
