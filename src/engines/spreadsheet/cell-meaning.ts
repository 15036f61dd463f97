import type { Cell } from './cell.ts';
import type { Heading } from './chart-table.ts';
import { compactDate, parseDateText, yearDate, type DayOrder } from './date-text.ts';
import { parseNumberText, type DecimalMark, type NumberText } from './number-text.ts';
import { shortened } from './shortened.ts';
import { isoText, type TableDate } from './table-date.ts';

const NOTHING =
  /^(?:[-‐‑‒–—―−－﹣ー.…:：/\\*]{1,3}|#?n\/?a|n\.a\.?|#nv|k\. ?a\.|null|nil|none|nan|无|無|暂无|缺失|未知|不适用|なし|없음)$/iu;
/** The formula error that people write on purpose where a line is to have a gap. A text file has it as a text. */
const GAP = '#N/A';
const LONGEST_HEADING = 120;
/** Units of a text of which the beginning is shown, blanks included. */
const MOST_LOOKED_AT = 2000;

/** A cell with nothing in it, or with what people write to say so. */
export function isNothing(cell: Cell): boolean {
  if (cell === undefined) return true;
  if (typeof cell === 'string') return NOTHING.test(cell);
  return typeof cell === 'object' && cell.kind === 'error' && cell.name === GAP;
}

/** The number of a cell; undefined where it has none. */
export function cellNumber(cell: Cell, mark: DecimalMark): NumberText | undefined {
  if (typeof cell === 'number') return { value: cell, unit: '' };
  if (typeof cell === 'string') return parseNumberText(cell, mark);
  return typeof cell === 'object' && cell.kind === 'amount' ? cell : undefined;
}

/** Its number with the one decimal mark or else with the other. */
export function anyNumber(cell: Cell): NumberText | undefined {
  return cellNumber(cell, 'point') ?? (typeof cell === 'string' ? cellNumber(cell, 'comma') : undefined);
}

/** Whether it may be a number, whatever the decimal mark turns out to be. */
export function looksNumeric(cell: Cell): boolean {
  if (typeof cell === 'string' && parseDateText(cell) !== undefined) return false;
  return anyNumber(cell) !== undefined;
}

/** 2019, 202401 or 20240105, typed as a number or as a text; undefined for every other cell. */
export function numberDate(cell: Cell): TableDate | undefined {
  const number = typeof cell === 'string' && /^\d{4,8}$/.test(cell) ? Number(cell) : cell;
  return typeof number === 'number' ? (yearDate(number) ?? compactDate(number)) : undefined;
}

/** The date of a cell that is one, or reads like one. */
export function cellDate(cell: Cell, order?: DayOrder): TableDate | undefined {
  if (typeof cell === 'string') return parseDateText(cell, order);
  return typeof cell === 'object' && cell.kind === 'date' ? cell.date : undefined;
}

/** A cell as words. */
export function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object') {
    if (cell.kind === 'date') return cell.date.text || isoText(cell.date.at, cell.date.precision);
    if (cell.kind === 'amount') return amountText(cell.value, cell.unit);
    return cell.kind === 'error' ? cell.name : '';
  }
  return shortened(String(cell).slice(0, MOST_LOOKED_AT).replaceAll(/\s+/g, ' '), LONGEST_HEADING);
}

function amountText(value: number, unit: string): string {
  return unit === '%' ? `${Number((value * 100).toPrecision(12))}%` : `${value}${unit}`;
}

export function headingOf(cell: Cell, order?: DayOrder): Heading {
  const date = cellDate(cell, order);
  const text = cellText(cell);
  if (date !== undefined) return { text, date };
  return typeof cell === 'number' ? { text, number: cell } : { text };
}
