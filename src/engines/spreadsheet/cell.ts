import type { TableDate } from './table-date.ts';

/**
 * What a cell of a sheet holds. Numbers and texts, of which a sheet may have a million, are plain values.
 * A date is one where the workbook says so; a text that reads like one is still a text here.
 */
export type Cell =
  | string
  | number
  | boolean
  | { readonly kind: 'amount'; readonly value: number; readonly unit: string }
  | { readonly kind: 'date'; readonly date: TableDate }
  /** `name` as spreadsheet programs show it: #DIV/0! */
  | { readonly kind: 'error'; readonly name: string }
  /** A formula that no program has computed before the file was saved. */
  | { readonly kind: 'uncomputed' }
  | undefined;

/** Row and column count from 0. */
export type CellPlace = { readonly row: number; readonly column: number };

/** Corners that belong to it. */
export type CellRange = { readonly from: CellPlace; readonly to: CellPlace };

export type SheetRow = {
  /** From 0. */
  readonly index: number;
  /** By column from 0; sparse. */
  readonly cells: readonly Cell[];
};

export type Sheet = {
  /** Empty for a text file, which has no sheets. */
  readonly name: string;
  /** In order; rows without any cell are left out. */
  readonly rows: readonly SheetRow[];
  readonly merges: readonly CellRange[];
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
};

/** 0 = A, 25 = Z, 26 = AA. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return `${rest < 0 ? '' : columnLetters(rest)}${String.fromCodePoint(65 + (column % 26))}`;
}

/** As people find it: `Sheet "Data", cell C7`; a text file has no sheet to name. */
export function cellName(sheet: string, place: CellPlace): string {
  const where = `${columnLetters(place.column)}${place.row + 1}`;
  return sheet === '' ? `Cell ${where} (row ${place.row + 1})` : `Sheet ${JSON.stringify(sheet)}, cell ${where}`;
}
