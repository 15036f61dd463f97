import type { Cell, CellPlace, SheetRow } from './cell.ts';
import { formulaError } from './formula-error.ts';
import { meaningOfNumber } from './number-format.ts';
import { tooLarge, unreadable } from './spreadsheet-refusal.ts';
import { LAST_COLUMN, LAST_ROW, SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { isoDate } from './iso-date.ts';
import { place } from './xlsx-layout.ts';
import { shown, textOf } from './xlsx-texts.ts';

/** What the cells of a sheet refer to. */
export type XlsxShared = {
  readonly texts: readonly string[];
  readonly formatOf: (style: number) => string | undefined;
  readonly is1904: boolean;
};

export type XlsxCells = { readonly rows: readonly SheetRow[]; readonly hiddenRows: ReadonlySet<number> };

/** A row's start, or a cell's. */
const START = /<(?:\w+:)?(?:row(?=[\s/>])([^<>]*)|c(?=[\s/>])([^<>]*))>/g;
const CELL_END = /<\/(?:\w+:)?c>/g;
/** Characters. Those of rows and cells have a few attributes; what looks for them should not look for long. */
const LONGEST_TAG = 2000;
const ROW_NUMBER = /(?:^|\s)r=["'](\d+)["']/;
const REFERENCE = /(?:^|\s)r=["']([^"']*)["']/;
const HIDDEN = /\shidden=["'](?:1|true)["']/;
const KIND = /\st=["'](\w+)["']/;
const STYLE = /\ss=["'](\d+)["']/;
const VALUE = /<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)</;
const FORMULA = /<(?:\w+:)?f[\s/>]/;

/**
 * Walks the rows of a sheet once, keeping a cell as soon as it is read: a million of them take 5 seconds and 370 MB
 * in the library, a fraction of it here. Places that no sheet has are refused.
 */
export function readXlsxCells(xml: string, sheet: string, shared: XlsxShared): XlsxCells {
  const rows = new Map<number, Cell[]>();
  const hiddenRows = new Set<number>();
  let at: CellPlace = { row: -1, column: -1 };
  let cells: Cell[] = [];
  let count = 0;
  START.lastIndex = 0;
  for (let tag = START.exec(xml); tag !== null; tag = START.exec(xml)) {
    const [whole, row, cell = ''] = tag;
    if (whole.length > LONGEST_TAG) {
      throw unreadable(`sheet ${JSON.stringify(sheet)} has a tag of ${whole.length} characters`);
    }
    if (row !== undefined) {
      at = { row: rowOf(row, at.row, sheet), column: -1 };
      if (HIDDEN.test(row)) hiddenRows.add(at.row);
      cells = rows.get(at.row) ?? [];
      rows.set(at.row, cells);
      continue;
    }
    count += 1;
    if (count > SPREADSHEET_LIMITS.cells) throw tooManyCells(sheet);
    at = placeOf(cell, at, sheet);
    if (cell.endsWith('/')) continue;
    CELL_END.lastIndex = START.lastIndex;
    const end = CELL_END.exec(xml);
    if (end === null) throw unreadable(`the cells of sheet ${JSON.stringify(sheet)} are cut off`);
    const value = cellOf(cell, xml.slice(START.lastIndex, end.index), shared);
    if (value !== undefined) cells[at.column] = value;
    START.lastIndex = end.index;
  }
  const used = [...rows].map(([index, found]) => ({ index, cells: found })).filter((row) => row.cells.length > 0);
  return { rows: used.toSorted((a, b) => a.index - b.index), hiddenRows };
}

function tooManyCells(sheet: string): Error {
  const most = SPREADSHEET_LIMITS.cells;
  return tooLarge(`Sheet ${JSON.stringify(sheet)} has more than ${most} cells; at most that many are read.`);
}

function rowOf(text: string, before: number, sheet: string): number {
  const given = ROW_NUMBER.exec(text)?.[1];
  const row = given === undefined ? before + 1 : Number(given) - 1;
  if (row < 0 || row >= LAST_ROW) throw unreadable(`sheet ${JSON.stringify(sheet)} has a row ${row + 1}`);
  return row;
}

function placeOf(text: string, before: CellPlace, sheet: string): CellPlace {
  const reference = REFERENCE.exec(text)?.[1];
  const at = reference === undefined ? { row: before.row, column: before.column + 1 } : place(reference);
  if (at === undefined || at.row !== before.row || at.column >= LAST_COLUMN) {
    const name = JSON.stringify((reference ?? 'past the last column').slice(0, 20));
    throw unreadable(`sheet ${JSON.stringify(sheet)} has a cell named ${name} in row ${before.row + 1}`);
  }
  return at;
}

function cellOf(tag: string, inside: string, { texts, formatOf, is1904 }: XlsxShared): Cell {
  const kind = KIND.exec(tag)?.[1] ?? 'n';
  if (kind === 'inlineStr') return filled(textOf(inside));
  const value = VALUE.exec(inside)?.[1];
  // A formula whose result is an empty text is computed: LibreOffice writes t="str" and no value.
  if (value === undefined) return kind !== 'str' && FORMULA.test(inside) ? { kind: 'uncomputed' } : undefined;
  if (kind === 'str') return filled(shown(value));
  if (kind === 's') return filled(sharedText(texts, value));
  if (kind === 'b') return value === '1' || value === 'true';
  if (kind === 'e') return formulaError(value);
  const format = formatOf(Number(STYLE.exec(tag)?.[1] ?? 0));
  if (kind === 'd') return isoDate(value, format, is1904);
  const number = Number(value);
  if (!Number.isFinite(number)) throw unreadable(`a cell has ${JSON.stringify(value.slice(0, 20))} for a number`);
  return meaningOfNumber(number, format, is1904);
}

function filled(text: string): Cell {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}

function sharedText(texts: readonly string[], value: string): string {
  const text = texts[Number(value)];
  if (text === undefined) throw unreadable(`a cell has text number ${value.slice(0, 20)}, which is not there`);
  return text;
}
