import { columnLetters, type Cell, type Sheet } from './cell.ts';
import { cellText, headingOf, isNothing } from './cell-meaning.ts';
import { UniqueNames, type ChartTable, type Heading, type TableColumn } from './chart-table.ts';
import { columnValues } from './column-values.ts';
import { yearDate } from './date-text.ts';
import { gridOf } from './sheet-grid.ts';
import { RefusedSpreadsheet } from './spreadsheet-refusal.ts';
import { headCell, placeIn, rowHeading } from './table-cells.ts';
import { columnKinds, type ColumnKind } from './table-columns.ts';
import { frameOf, type TableFrame } from './table-frame.ts';
import { spreadLongTable } from './long-table.ts';

/**
 * Makes a table of whatever people have in a sheet: finds its title, its names, the column that heads the rows and
 * the columns of numbers; a long table (time, name, number in each row) gets a column for each name.
 */
export function buildTable(sheet: Sheet): ChartTable {
  const frame = frameOf(gridOf(sheet));
  const kinds = columnKinds(frame);
  const numbers = kinds.flatMap(({ kind }, at) => (kind === 'numbers' ? [at] : []));
  const heads = kinds.flatMap(({ kind }, at) => (kind === 'words' || kind === 'dates' ? [at] : []));
  const long = spreadLongTable(frame, kinds, { heads, numbers });
  if (long !== undefined) return long;
  // Without words or dates the first of several columns heads the rows: the x of a scatter chart.
  const head = heads[0] ?? (numbers.length > 1 ? numbers[0] : undefined);
  const drawn = numbers.filter((at) => at !== head);
  if (frame.body.length === 0 || drawn.length === 0) throw noNumbers(frame);
  const names = new UniqueNames();
  const columns = drawn.map((at) => tableColumn(frame, at, numbers.indexOf(at), names));
  return {
    sheet: sheet.name,
    title: frame.title,
    rowsName: head === undefined ? '' : cellText(frame.names?.[head]),
    rows: rowHeadings(frame, head, head === undefined ? undefined : kinds[head]),
    columns,
    time: timeOf(head === undefined ? undefined : kinds[head], columns),
    notes: [...frame.grid.notes, ...ignoredNotes(frame, kinds, heads.slice(1))],
  };
}

function noNumbers({ grid, names }: TableFrame): RefusedSpreadsheet {
  const where = grid.sheet === '' ? 'The file' : `Sheet ${JSON.stringify(grid.sheet)}`;
  const seen = names === undefined ? '' : ` under ${JSON.stringify(names.map(cellText).join(' | ').slice(0, 200))}`;
  const message = `${where} has no column of numbers${seen}. A table needs names or dates in one column, numbers in others.`;
  return new RefusedSpreadsheet('SpreadsheetNoNumbers', message);
}

function tableColumn(frame: TableFrame, at: number, position: number, names: UniqueNames): TableColumn {
  const cells = frame.body.map((row) => row.cells[at]);
  const { unit, values } = columnValues(cells, placeIn(frame, at), frame.grid.sheet);
  const heading = columnHeading(frame.names?.[at]);
  return { heading: { ...heading, text: names.take(heading.text || `Series ${position + 1}`) }, unit, values };
}

/** 2019 over a column is a year. */
function columnHeading(cell: Cell): Heading {
  const year = typeof cell === 'string' && /^\d{4}$/.test(cell) ? Number(cell) : cell;
  const date = typeof year === 'number' ? yearDate(year) : undefined;
  return date === undefined ? headingOf(cell) : { text: cellText(cell), date };
}

function rowHeadings(frame: TableFrame, at: number | undefined, kind: ColumnKind | undefined): Heading[] {
  if (at === undefined) return frame.body.map((_row, row) => ({ text: String(row + 1), number: row + 1 }));
  if (kind?.kind === 'numbers') return numberHeadings(frame, at);
  return frame.body.map((_row, row) => {
    const cell = headCell(frame, row, at);
    if (typeof cell === 'object' && (cell.kind === 'error' || cell.kind === 'uncomputed')) {
      columnValues([cell], () => placeIn(frame, at)(row), frame.grid.sheet);
    }
    return rowHeading(cell, kind);
  });
}

/** The x of a scatter chart, typed as a number or as a text. */
function numberHeadings(frame: TableFrame, at: number): Heading[] {
  const cells = frame.body.map((row) => row.cells[at]);
  const { values } = columnValues(cells, placeIn(frame, at), frame.grid.sheet);
  return values.map((number, row) => {
    const text = cellText(cells[row]);
    return number === null ? { text } : { text, number };
  });
}

function timeOf(kind: ColumnKind | undefined, columns: readonly TableColumn[]): ChartTable['time'] {
  if (kind?.kind === 'dates') return 'rows';
  const isTime = columns.length > 1 && columns.every(({ heading }) => heading.date !== undefined);
  return isTime ? 'columns' : 'none';
}

function ignoredNotes(
  { grid, names, body }: TableFrame,
  kinds: readonly ColumnKind[],
  others: readonly number[],
): string[] {
  return kinds.flatMap(({ kind }, at) => {
    if (kind !== 'row-numbers' && !others.includes(at)) return [];
    if (body.every(({ cells }) => isNothing(cells[at]))) return [];
    const name = cellText(names?.[at]);
    const column = `Column ${columnLetters(grid.columns[at] ?? 0)}${name === '' ? '' : ` (${JSON.stringify(name)})`}`;
    const why = kind === 'row-numbers' ? 'only counts the rows' : 'has no numbers';
    return [`${column} ${why} and is left out.`];
  });
}
