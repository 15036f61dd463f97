import { cellName, type Cell, type CellPlace } from './cell.ts';
import { cellNumber, cellText, isNothing } from './cell-meaning.ts';
import { commonMark, decimalMark, type DecimalMark } from './number-text.ts';
import { shortened } from './shortened.ts';
import { RefusedSpreadsheet } from './spreadsheet-refusal.ts';

export type ColumnValues = { readonly unit: string; readonly values: readonly (number | null)[] };

/** The decimal mark of a table's columns of numbers that do not show it themselves. */
export function tableMark(columns: Iterable<readonly Cell[]>): DecimalMark {
  return commonMark(Array.from(columns, (cells) => decimalMark(textsOf(cells))));
}

function textsOf(cells: readonly Cell[]): string[] {
  return cells.filter((cell): cell is string => typeof cell === 'string' && !isNothing(cell));
}

/**
 * The numbers of a column. Throws where a cell has none, by its name, and where a column counts in two units, for
 * its numbers cannot be drawn on one axis.
 * @param otherwise the decimal mark where the column does not show it: 1.234
 */
export function columnValues(
  cells: readonly Cell[],
  placeOf: (row: number) => CellPlace,
  sheet: string,
  otherwise: DecimalMark,
): ColumnValues {
  const own = decimalMark(textsOf(cells)) ?? 'point';
  const mark = own === 'either' ? otherwise : own;
  const faults: string[] = [];
  const units = new Map<string, number>();
  const values = cells.map((cell, row) => {
    if (isNothing(cell)) return null;
    const number = cellNumber(cell, mark);
    if (number === undefined) {
      faults.push(fault(cell, placeOf(row), sheet, mark));
      return null;
    }
    if (number.unit !== '' && !units.has(number.unit)) units.set(number.unit, row);
    return number.value;
  });
  const [first] = faults;
  if (first !== undefined) throw invalid(first, faults.length - 1);
  const [unit = '', other] = units.keys();
  if (other !== undefined) {
    const where = cellName(sheet, placeOf(units.get(other) ?? 0));
    throw invalid(`${where} counts in ${JSON.stringify(other)}, cells above it in ${JSON.stringify(unit)}.`, 0);
  }
  return { unit, values };
}

function fault(cell: Cell, place: CellPlace, sheet: string, mark: DecimalMark): string {
  const where = cellName(sheet, place);
  if (typeof cell === 'object' && cell.kind === 'error') return `${where} holds the formula error ${cell.name}.`;
  if (typeof cell === 'object' && cell.kind === 'uncomputed') {
    const what = 'holds a formula whose result was never saved';
    return `${where} ${what}. Open the workbook in a spreadsheet program and save it.`;
  }
  const text = JSON.stringify(shortened(cellText(cell), 40));
  const other: DecimalMark = mark === 'point' ? 'comma' : 'point';
  if (cellNumber(cell, other) === undefined) return `${where} holds ${text}, which is not a number.`;
  return `${where} holds ${text}, whose decimal mark is not that of the other cells of its column.`;
}

function invalid(first: string, more: number): RefusedSpreadsheet {
  const rest =
    more === 0 ? '' : ` ${more} more ${more === 1 ? 'cell' : 'cells'} of this column cannot be read either.`;
  return new RefusedSpreadsheet('SpreadsheetCellInvalid', `${first}${rest}`);
}
