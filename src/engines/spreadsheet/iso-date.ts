import type { Cell } from './cell.ts';
import { parseDateText } from './date-text.ts';
import { meaningOfNumber, serialOf } from './number-format.ts';
import { isoText } from './table-date.ts';

/** A date that a workbook has written out, 2024-01-05T00:00:00, shown as its format says. */
export function isoDate(value: string, format: string | undefined, is1904: boolean): Cell {
  const date = parseDateText(value);
  if (date === undefined) return value;
  const serial = serialOf(date.at, is1904);
  // Before March 1900 the numbers of days have their own ways.
  const cell = serial < 61 ? undefined : meaningOfNumber(serial, format, is1904);
  if (typeof cell === 'object' && cell.kind === 'date') return cell;
  const precision = date.at % 86_400_000 === 0 ? 'day' : 'time';
  return { kind: 'date', date: { at: date.at, precision, text: isoText(date.at, precision) } };
}
