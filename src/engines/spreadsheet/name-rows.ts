import type { Cell } from './cell.ts';
import { anyNumber, cellText, isNothing, looksNumeric, numberDate } from './cell-meaning.ts';
import type { GridRow, SheetGrid } from './sheet-grid.ts';

/** Names of columns take three rows at most: years over quarters over units. */
const MOST_NAME_ROWS = 3;
/** Rows that are looked at to tell what a column holds. */
const SAMPLE_ROWS = 50;
const UNIT_ROW = /^(?:units?|单位|單位|単位|단위|einheit)$/iu;

/** How many of the first rows name the columns: 0 to 3. */
export function countNameRows(grid: SheetGrid): number {
  const { rows, columns } = grid;
  const [head] = rows;
  if (head === undefined) return 0;
  if (columns.length < 2) return countInOneColumn(rows);
  const hasNumbers = head.cells.slice(1).some((cell) => looksNumeric(cell));
  if (hasNumbers && !namesInNumbers(rows)) return 0;
  const most = Math.min(MOST_NAME_ROWS, rows.length - 1);
  let count = 1;
  while (count < most && isFurtherNames(grid, count)) count += 1;
  return count;
}

function countInOneColumn(rows: readonly GridRow[]): number {
  const first = rows.findIndex(({ cells }) => looksNumeric(cells[0]));
  if (first === 0) return 0;
  return first > 0 || rows.length > 1 || !looksNumeric(rows[0]?.cells[0]) ? 1 : 0;
}

/** Whether the first row holds names although some of them are numbers: 2019, 2020, Total; 3G, 4G; 1, 2, 3. */
function namesInNumbers(rows: readonly GridRow[]): boolean {
  const [head = { cells: [] as readonly Cell[] }, ...body] = rows;
  const numeric = head.cells.flatMap((cell, at) => (at > 0 && looksNumeric(cell) ? [at] : []));
  if (body.length === 0) return false;
  if (isWordOverNumbers(rows, 0)) return true;
  const isHeaded = body.every(({ cells }) => cells[0] !== undefined && !looksNumeric(cells[0]));
  if (head.cells[0] === undefined && isHeaded) return true;
  if (looksNumeric(head.cells[0])) return false;
  const numbers = numeric.map((at) => numberOf(head.cells[at]));
  if (numeric.every((at) => numberDate(head.cells[at]) !== undefined)) {
    return isMonotonic(numbers) && numeric.some((at) => !isDatesBelow(body, at));
  }
  if (numeric.length < 2 || !isMonotonic(numbers)) return false;
  return numeric.every((at) => isUnitOfItsOwn(head.cells[at], body, at)) || isCount(numbers, body, numeric);
}

/** A word over numbers is a name, or the table begins with a fault. */
function isWordOverNumbers(rows: readonly GridRow[], row: number): boolean {
  const below = rows.slice(row + 1, row + 1 + SAMPLE_ROWS);
  return (rows[row]?.cells ?? []).some((cell, at) => at > 0 && isWord(cell) && holdsNumbers(below, at));
}

function isWord(cell: Cell): boolean {
  if (cell === undefined || isNothing(cell) || looksNumeric(cell)) return false;
  return typeof cell === 'string' || (typeof cell === 'object' && cell.kind === 'date');
}

function holdsNumbers(rows: readonly GridRow[], at: number): boolean {
  const cells = rows.map((row) => row.cells[at]).filter((cell) => !isNothing(cell));
  return cells.length > 0 && cells.filter((cell) => looksNumeric(cell)).length * 2 >= cells.length;
}

function isDatesBelow(body: readonly GridRow[], at: number): boolean {
  const cells = body.slice(0, SAMPLE_ROWS).map((row) => row.cells[at]);
  return cells.every((cell) => isNothing(cell) || numberDate(cell) !== undefined);
}

/** 100 ml over plain numbers. Money is none: bookkeepers write its sign on the first line only. */
function isUnitOfItsOwn(cell: Cell, body: readonly GridRow[], at: number): boolean {
  const unit = unitOf(cell);
  if (!/^\p{L}+$/u.test(unit)) return false;
  return body.slice(0, SAMPLE_ROWS).every(({ cells }) => unitOf(cells[at]) !== unit);
}

/** 1, 2, 3, …: hours, weeks, shops; not where the next row counts as well. */
function isCount(numbers: readonly number[], [next]: readonly GridRow[], numeric: readonly number[]): boolean {
  const counts = (given: readonly number[]): boolean =>
    given.every((number, at) => number === (given[0] ?? 0) + at);
  const startsLow = numbers[0] === 0 || numbers[0] === 1;
  return (
    numbers.length > 2 && startsLow && counts(numbers) && !counts(numeric.map((at) => numberOf(next?.cells[at])))
  );
}

function numberOf(cell: Cell): number {
  return anyNumber(cell)?.value ?? Number.NaN;
}

function unitOf(cell: Cell): string {
  return anyNumber(cell)?.unit ?? '';
}

function isMonotonic(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).map((number, at) => Math.sign(number - (numbers[at] ?? 0)));
  return steps.every((step) => step === steps[0] && step !== 0);
}

/**
 * Whether a row below the first names columns too: words or years over numbers, where the row above has places to
 * spare or this one has none for a name of its own. Else it is a row still to be filled in, or one with a fault.
 */
function isFurtherNames({ rows, columns, merged }: SheetGrid, row: number): boolean {
  const above = rows[row - 1];
  const here = rows[row];
  if (above === undefined || here === undefined || here.followsGap) return false;
  const below = rows.slice(row + 1, row + 1 + SAMPLE_ROWS);
  const filled = here.cells.flatMap((cell, at) => (at > 0 && !isNothing(cell) ? [at] : []));
  const isName = (at: number): boolean => {
    const cell = here.cells[at];
    if (isWord(cell)) return true;
    return numberDate(cell) !== undefined && !isDatesBelow(below, at);
  };
  if (filled.length === 0 || !filled.every(isName) || !filled.some((at) => holdsNumbers(below, at))) return false;
  const [corner] = here.cells;
  if (corner === undefined || UNIT_ROW.test(cellText(corner))) return true;
  const hasSpan = columns.some((column, at) => at > 0 && merged.has(`${above.index},${column}`));
  return hasSpan || filled.some((at) => above.cells[at] === undefined);
}

/** A column's name from top to bottom; a name over several counts for each column under it. */
export function joinNames({ columns, merged }: SheetGrid, rows: readonly GridRow[]): Cell[] {
  const upper = rows.slice(0, -1).map((row) => spanned(row, rows.at(-1), columns, merged));
  const lines = [...upper, ...rows.slice(-1).map(({ cells }) => cells)];
  return columns.map((column, at) => {
    const parts: Cell[] = [];
    for (const [line, cells] of lines.entries()) {
      const part = cells[at] ?? merged.get(`${rows[line]?.index ?? 0},${column}`);
      if (part !== undefined && !parts.some((other) => cellText(other) === cellText(part))) parts.push(part);
    }
    return parts.length > 1 ? parts.map(cellText).join(' ') : parts[0];
  });
}

/** A text file has lost its merged cells: there a name reaches over the empty cells behind it. */
function spanned(
  { index, cells }: GridRow,
  last: GridRow | undefined,
  columns: readonly number[],
  merged: SheetGrid['merged'],
): readonly Cell[] {
  if (columns.some((column) => merged.has(`${index},${column}`))) return cells;
  let before: Cell;
  return cells.map((cell, at) => {
    if (at > 0 && cell !== undefined) before = cell;
    return at > 0 && last?.cells[at] !== undefined ? (cell ?? before) : cell;
  });
}
