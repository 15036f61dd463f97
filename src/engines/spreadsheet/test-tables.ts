import { buildTable } from './build-table.ts';
import type { ChartTable } from './chart-table.ts';
import { parseDelimited } from './delimited-text.ts';

/** The table of a text with separators. */
export function tableOf(text: string): ChartTable {
  return buildTable(parseDelimited(text));
}

export function headingsOf({ rows }: ChartTable): string[] {
  return rows.map(({ text }) => text);
}

/** Each column as its name and its numbers. */
export function columnsOf({ columns }: ChartTable): unknown[][] {
  return columns.map(({ heading, values }) => [heading.text, ...values]);
}

/** The names of the columns alone. */
export function namesOf({ columns }: ChartTable): string[] {
  return columns.map(({ heading }) => heading.text);
}

/** The code and the words with which a table is refused. */
export function refusalOf(text: string): unknown {
  try {
    return tableOf(text);
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
}
