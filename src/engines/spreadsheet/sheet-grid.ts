import type { Cell, CellRange, Sheet, SheetRow } from './cell.ts';
import { RefusedSpreadsheet, tooLarge, unreadable } from './spreadsheet-refusal.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';

export type GridRow = {
  /** The sheet's row from 0. */
  readonly index: number;
  /** One for each of the grid's columns. */
  readonly cells: readonly Cell[];
  /** Whether empty rows stand between this one and the one before. */
  readonly followsGap: boolean;
};

/** What people see of a sheet: no hidden, no empty row or column. */
export type SheetGrid = {
  readonly sheet: string;
  /** The sheet's columns from 0. */
  readonly columns: readonly number[];
  readonly rows: readonly GridRow[];
  /** By `row,column` of the sheet: the cell that a merged area shows in the place of the empty ones in it. */
  readonly merged: ReadonlyMap<string, Cell>;
  readonly notes: readonly string[];
};

/** Throws where nothing is left to see. */
export function gridOf(sheet: Sheet): SheetGrid {
  const shown = sheet.rows.filter(({ index, cells }) => !sheet.hiddenRows.has(index) && cells.length > 0);
  const used = usedColumns(shown);
  const columns = [...used].filter((column) => !sheet.hiddenColumns.has(column)).toSorted((a, b) => a - b);
  const where = sheet.name === '' ? 'The file' : `Sheet ${JSON.stringify(sheet.name)}`;
  if (shown.length * columns.length > SPREADSHEET_LIMITS.cells) {
    const size = `${shown.length} rows and ${columns.length} columns`;
    throw tooLarge(`${where} has ${size}; at most ${SPREADSHEET_LIMITS.cells} cells are read.`);
  }
  let previous = -1;
  const rows: GridRow[] = [];
  for (const { index, cells } of shown) {
    const visible = columns.map((column) => cells[column]);
    if (visible.every((cell) => cell === undefined)) continue;
    rows.push({ index, cells: visible, followsGap: rows.length > 0 && hasGap(sheet, previous, index) });
    previous = index;
  }
  if (rows.length === 0) {
    const message = `${where} has no visible cell with something in it.`;
    throw new RefusedSpreadsheet('SpreadsheetEmpty', message);
  }
  const merged = mergedCells(sheet.merges, rows, columns);
  return { sheet: sheet.name, columns, rows, merged, notes: hiddenNotes(sheet) };
}

/** Lines of a text may end with separators that part nothing. */
function usedColumns(rows: readonly SheetRow[]): Set<number> {
  const used = new Set<number>();
  for (const { cells } of rows) {
    cells.forEach((cell, column) => {
      if (cell !== undefined) used.add(column);
    });
  }
  return used;
}

/** Hidden rows make no gap. */
function hasGap(sheet: Sheet, previous: number, index: number): boolean {
  for (let row = previous + 1; row < index; row += 1) if (!sheet.hiddenRows.has(row)) return true;
  return false;
}

function mergedCells(
  merges: readonly CellRange[],
  rows: readonly GridRow[],
  columns: readonly number[],
): Map<string, Cell> {
  const merged = new Map<string, Cell>();
  const indexes = rows.map(({ index }) => index);
  let area = 0;
  for (const { from, to } of merges) {
    const top = firstFrom(indexes, from.row);
    const left = firstFrom(columns, from.column);
    const shown = indexes[top] === from.row && columns[left] === from.column ? rows[top]?.cells[left] : undefined;
    if (shown === undefined) continue;
    const bottom = firstFrom(indexes, to.row + 1);
    const right = firstFrom(columns, to.column + 1);
    // Areas that do not overlap, as the rule is, cover no more than the sheet.
    area += (bottom - top) * (right - left);
    if (area > rows.length * columns.length) throw unreadable('its merged cells overlap');
    for (let row = top; row < bottom; row += 1) {
      for (const column of columns.slice(left, right)) merged.set(`${indexes[row]},${column}`, shown);
    }
  }
  return merged;
}

/** Where the first number stands that is not below the limit; the numbers rise. */
function firstFrom(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same grid without its first rows, and without the columns that only they used. */
export function below(grid: SheetGrid, rowCount: number): SheetGrid {
  if (rowCount === 0) return grid;
  const rows = grid.rows.slice(rowCount);
  const kept = grid.columns
    .map((_column, at) => at)
    .filter((at) => rows.some(({ cells }) => cells[at] !== undefined));
  return {
    ...grid,
    columns: kept.map((at) => grid.columns[at] ?? 0),
    rows: rows.map(({ index, cells, followsGap }) => ({ index, cells: kept.map((at) => cells[at]), followsGap })),
  };
}

function hiddenNotes({ rows, hiddenRows, hiddenColumns }: Sheet): string[] {
  const notes: string[] = [];
  const hiddenCount = rows.filter(({ index }) => hiddenRows.has(index)).length;
  if (hiddenCount > 0)
    notes.push(hiddenCount === 1 ? '1 hidden row is left out.' : `${hiddenCount} hidden rows are left out.`);
  const used = usedColumns(rows);
  const columns = [...used].filter((column) => hiddenColumns.has(column)).length;
  if (columns > 0)
    notes.push(columns === 1 ? '1 hidden column is left out.' : `${columns} hidden columns are left out.`);
  return notes;
}
