import type { Cell } from './cell.ts';
import { parseDateText } from './date-text.ts';
import { isoText } from './table-date.ts';

/** A date that a workbook has written out: 2024-01-05T00:00:00. */
export function isoDate(value: string): Cell {
  const date = parseDateText(value);
  if (date === undefined) return value;
  const precision = date.at % 86_400_000 === 0 ? 'day' : 'time';
  return { kind: 'date', date: { at: date.at, precision, text: isoText(date.at, precision) } };
}
