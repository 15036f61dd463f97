import type { Cell } from './cell.ts';
import { anyNumber, cellNumber, cellText, isNothing, looksNumeric } from './cell-meaning.ts';
import { decimalMark } from './number-text.ts';
import type { GridRow } from './sheet-grid.ts';

const FOOTNOTE =
  /^(?:sources?|quelle|notes?|remarks?|\*|注|备注|備註|说明|數據來源|数据来源|资料来源|來源|来源|出典|출처|المصدر)/iu;

/**
 * Sources, remarks and signatures under a table are no rows of it: words without a number under the last row that has
 * one, after a gap or so named.
 */
export function withoutFootnotes(rows: readonly GridRow[]): readonly GridRow[] {
  let end = rows.length;
  while (end > 0 && isWords(rows[end - 1])) end -= 1;
  const note = rows.findIndex((row, at) => at >= end && at > 0 && (row.followsGap || isFootnote(row)));
  return note < 0 ? rows : rows.slice(0, note);
}

function isWords(row: GridRow | undefined): boolean {
  return (row?.cells ?? []).every((cell) => isNothing(cell) || (typeof cell === 'string' && !looksNumeric(cell)));
}

function isFootnote({ cells }: GridRow): boolean {
  return FOOTNOTE.test(cellText(cells.find((cell) => cell !== undefined)));
}

/** What people call a sum. */
export const TOTAL =
  /^(?:(?:grand ?)?totals?|sum|all|合计|合計|总计|總計|总数|总和|小计|小計|共计|gesamt|summe|insgesamt|totale?s?|합계|총계|итого|всего|المجموع)[:：]?$/iu;

/**
 * The row that sums up the others: the first or the last one, where it says so and a column of it does. It would be
 * half of every pie.
 */
export function totalRow(rows: readonly GridRow[]): GridRow | undefined {
  if (rows.length < 3) return undefined;
  return [rows.at(-1), rows[0]].find((row) => row !== undefined && isTotal(row, rows));
}

function isTotal(row: GridRow, rows: readonly GridRow[]): boolean {
  const name = row.cells.find((cell) => typeof cell === 'string' && !looksNumeric(cell));
  if (!TOTAL.test(cellText(name).replaceAll(' ', ''))) return false;
  const others = rows.filter((other) => other !== row);
  return row.cells.some((cell, at) =>
    sumsUp(
      cell,
      others.map(({ cells }) => cells[at]),
    ),
  );
}

/** Parts may have been rounded before the sum was. */
const TOLERANCE = 0.001;

function sumsUp(cell: Cell, others: readonly Cell[]): boolean {
  if (anyNumber(cell) === undefined) return false;
  const all = [cell, ...others].filter((given) => !isNothing(given));
  const texts = all.filter((given): given is string => typeof given === 'string');
  const own = decimalMark(texts);
  const numbers = all.map((given) => cellNumber(given, own === 'comma' ? 'comma' : 'point')?.value);
  const [total = 0, ...parts] = numbers.map((number) => number ?? Number.NaN);
  return total !== 0 && isSumOf(total, parts);
}

export function isSumOf(total: number, parts: readonly number[]): boolean {
  if (parts.length < 2) return false;
  const sum = parts.reduce((before, part) => before + part, 0);
  return Math.abs(sum - total) <= Math.abs(total) * TOLERANCE;
}
