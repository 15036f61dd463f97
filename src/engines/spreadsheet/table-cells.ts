import type { Cell, CellPlace } from './cell.ts';
import { headingOf } from './cell-meaning.ts';
import type { Heading } from './chart-table.ts';
import type { ColumnKind } from './table-columns.ts';
import type { TableFrame } from './table-frame.ts';

/** Where the rows of a table's column stand in the sheet, for errors. */
export function placeIn({ grid, body }: TableFrame, at: number): (row: number) => CellPlace {
  return (row) => ({ row: body[row]?.index ?? 0, column: grid.columns[at] ?? 0 });
}

/** A cell of a column that heads rows; a merged one heads each row that it reaches over. */
export function headCell({ grid, body }: TableFrame, row: number, at: number): Cell {
  const given = body[row];
  return given?.cells[at] ?? grid.merged.get(`${given?.index ?? 0},${grid.columns[at] ?? 0}`);
}

/** What a cell heads its row with, read as its column is. */
export function rowHeading(cell: Cell, kind: ColumnKind | undefined): Heading {
  if (kind?.kind !== 'dates') return headingOf(cell);
  const date = kind.dateOf(cell);
  return date === undefined ? headingOf(cell) : { text: date.text, date };
}
