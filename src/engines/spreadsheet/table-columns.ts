import type { Cell } from './cell.ts';
import { cellDate, cellText, isNothing, looksNumeric } from './cell-meaning.ts';
import { compactDate, dayOrder, parseDateText, yearDate, type DayOrder } from './date-text.ts';
import type { TableDate } from './table-date.ts';
import type { TableFrame } from './table-frame.ts';
import { YEAR_NAME } from './year-name.ts';

/** What a column of a table holds. */
export type ColumnKind =
  /** Dates, each one read. */
  | { readonly kind: 'dates'; readonly dateOf: (cell: Cell) => TableDate | undefined }
  | { readonly kind: 'numbers' }
  /** 1, 2, 3, … before names: the numbers of the rows. */
  | { readonly kind: 'row-numbers' }
  | { readonly kind: 'words' }
  | { readonly kind: 'nothing' };

const ROW_NUMBER_NAME = /^(?:|#|no\.?|nr\.?|n°|index|rank|序号|編號|编号|序號|排名|番号|번호)$/iu;

/** What each column of a table holds, the first ones first. */
export function columnKinds({ grid, names, body }: TableFrame): ColumnKind[] {
  const kinds = grid.columns.map((column, at) => {
    const cells = body.map(({ index, cells: row }) => row[at] ?? textOnly(grid.merged.get(`${index},${column}`)));
    return kindOf(
      cells.filter((cell) => !isNothing(cell)),
      cellText(names?.[at]),
      at === 0 && grid.columns.length > 1,
    );
  });
  const head = kinds.findIndex(({ kind }) => kind === 'words' || kind === 'dates');
  const hasOthers = kinds.filter(({ kind }) => kind === 'numbers').length > 1;
  return kinds.map((kind, at) => {
    if (kind.kind !== 'numbers' || at > head || !hasOthers) return kind;
    const isRowNumbers =
      ROW_NUMBER_NAME.test(cellText(names?.[at])) && countsRows(body.map(({ cells }) => cells[at]));
    return isRowNumbers ? { kind: 'row-numbers' } : kind;
  });
}

/** A merged area repeats its words and dates, never its number: that would be drawn several times. */
function textOnly(cell: Cell): Cell {
  return typeof cell === 'string' || (typeof cell === 'object' && cell.kind === 'date') ? cell : undefined;
}

/** @param mayBeYears whether numbers such as 2019 head the rows if they rise or fall */
function kindOf(cells: readonly Cell[], name: string, mayBeYears: boolean): ColumnKind {
  if (cells.length === 0) return { kind: 'nothing' };
  const order = orderOf(cells);
  const dateOf = (cell: Cell): TableDate | undefined => cellDate(cell, order);
  if (cells.every((cell) => dateOf(cell) !== undefined)) return { kind: 'dates', dateOf };
  if (mayBeYears || YEAR_NAME.test(name)) {
    const whole = wholeDates(cells, YEAR_NAME.test(name));
    if (whole !== undefined) return { kind: 'dates', dateOf: whole };
  }
  // A column with a few words among numbers is one of numbers with faults: those are named, not passed over.
  const numeric = cells.filter((cell) => looksNumeric(cell) || isFault(cell)).length;
  return numeric * 2 >= cells.length ? { kind: 'numbers' } : { kind: 'words' };
}

function isFault(cell: Cell): boolean {
  return typeof cell === 'object' && (cell.kind === 'error' || cell.kind === 'uncomputed');
}

/** Only texts such as 3/4/2024 need one. Where the first is none, a million more need no look. */
function orderOf(cells: readonly Cell[]): DayOrder | undefined {
  const isUnclear = (cell: Cell): cell is string => typeof cell === 'string' && parseDateText(cell) === undefined;
  const first = cells.find(isUnclear);
  const orders = ['day-first', 'month-first'] as const;
  if (first === undefined || orders.every((order) => parseDateText(first, order) === undefined)) return undefined;
  return dayOrder(cells.filter(isUnclear));
}

/** Years, or dates such as 20240105, that are whole numbers. */
function wholeDates(
  cells: readonly Cell[],
  areNamed: boolean,
): ((cell: Cell) => TableDate | undefined) | undefined {
  for (const read of [yearDate, compactDate]) {
    const dateOf = (cell: Cell): TableDate | undefined => {
      const number = typeof cell === 'string' && /^\d{4,8}$/.test(cell) ? Number(cell) : cell;
      return typeof number === 'number' ? read(number) : undefined;
    };
    const dates = cells.map(dateOf);
    if (dates.some((date) => date === undefined)) continue;
    if (areNamed || read === compactDate || isMonotonic(dates.map((date) => date?.at ?? 0))) return dateOf;
  }
  return undefined;
}

function isMonotonic(numbers: readonly number[]): boolean {
  if (numbers.length < 2) return false;
  const steps = numbers.slice(1).map((number, at) => Math.sign(number - (numbers[at] ?? 0)));
  return steps.every((step) => step !== 0 && step === steps[0]);
}

function countsRows(cells: readonly Cell[]): boolean {
  const first = Number(cells[0]);
  return (first === 0 || first === 1) && cells.every((cell, at) => Number(cell) === first + at);
}
