import type { Cell } from './cell.ts';
import { cellText } from './cell-meaning.ts';
import { totalRow, withoutFootnotes } from './closing-rows.ts';
import { countNameRows, joinNames } from './name-rows.ts';
import { below, type GridRow, type SheetGrid } from './sheet-grid.ts';
import { titleRows } from './title-rows.ts';

/** A grid parted into what stands above the table, the names of its columns, and its rows. */
export type TableFrame = {
  readonly title: string;
  /** Of all numbers that show none themselves; empty where the sheet does not say. */
  readonly unit: string;
  /** What is under the title. */
  readonly grid: SheetGrid;
  /** One for each column of the grid; the parts of names that take several rows are joined. Absent = no names. */
  readonly names: readonly Cell[] | undefined;
  readonly body: readonly GridRow[];
  /** What was left out, in whole sentences. */
  readonly notes: readonly string[];
};

export function frameOf(whole: SheetGrid): TableFrame {
  const { count, title, unit } = titleRows(whole);
  const grid = below(whole, count);
  const nameRows = countNameRows(grid);
  const names = nameRows === 0 ? undefined : joinNames(grid, grid.rows.slice(0, nameRows));
  const rows = withoutFootnotes(grid.rows.slice(nameRows));
  const total = totalRow(rows);
  const body = total === undefined ? rows : rows.filter((row) => row !== total);
  return { title, unit, grid, names, body, notes: [...grid.notes, ...totalNotes(total)] };
}

function totalNotes(total: GridRow | undefined): string[] {
  if (total === undefined) return [];
  const name = JSON.stringify(cellText(total.cells.find((cell) => typeof cell === 'string')));
  return [`Row ${total.index + 1} (${name}) sums up the others and is left out.`];
}
