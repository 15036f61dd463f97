import type { TableDate } from './table-date.ts';

/** What stands at the head of a row or a column. */
export type Heading = {
  /** As it is shown; at most 120 characters. Empty where the sheet has none. */
  readonly text: string;
  /** Where it is a date. */
  readonly date?: TableDate;
  /** Where it is a number; a scatter chart's x. */
  readonly number?: number;
};

/** One column of numbers. */
export type TableColumn = {
  /** Its text is never empty and never twice the same: `Series 2`, `Sales (2)`. */
  readonly heading: Heading;
  /**
   * What its numbers are of, as the cells show it: `%`, `¥`, `人`. Empty where they show nothing.
   * A percentage's numbers are its fraction: 12 % is 0.12.
   */
  readonly unit: string;
  /** One for each row; null where the sheet has nothing. */
  readonly values: readonly (number | null)[];
};

/** A sheet as a chart wants it: headed rows, headed columns of numbers. */
export type ChartTable = {
  /** Empty for a text file. */
  readonly sheet: string;
  /** What stands alone above the table, the lines joined by spaces; empty where nothing does. */
  readonly title: string;
  /** What the rows' headings are called: `Month`. Empty where the sheet does not say. */
  readonly rowsName: string;
  readonly rows: readonly Heading[];
  readonly columns: readonly TableColumn[];
  /**
   * Where time runs: down the rows (a date each), across the columns, or nowhere. Lines and areas want it down the
   * rows, a pie that moves through several columns wants it across: see turned.
   */
  readonly time: 'rows' | 'columns' | 'none';
  /** What was left out or assumed, in whole sentences for the person whose sheet it is. */
  readonly notes: readonly string[];
};

/** The same numbers with rows and columns exchanged. Where the columns' units differ, none is left. */
export function turned(table: ChartTable): ChartTable {
  const units = new Set(table.columns.map(({ unit }) => unit));
  const unit = units.size === 1 ? ([...units][0] ?? '') : '';
  const names = new UniqueNames();
  const columns = table.rows.map((row, index) => ({
    heading: { ...row, text: names.take(row.text === '' ? `Row ${index + 1}` : row.text) },
    unit,
    values: table.columns.map(({ values }) => values[index] ?? null),
  }));
  const time = table.time === 'rows' ? 'columns' : table.time === 'columns' ? 'rows' : 'none';
  return { ...table, rowsName: '', rows: table.columns.map(({ heading }) => heading), columns, time };
}

/** Gives the second of a name as `Sales (2)`: a chart's legend must tell them apart. */
export class UniqueNames {
  /** Of each name that was taken the number to try next: a million times the same name takes no longer. */
  readonly #next = new Map<string, number>();

  take(name: string): string {
    let free = name;
    let number = this.#next.get(name) ?? 2;
    for (; this.#next.has(free); number += 1) free = `${name} (${number})`;
    this.#next.set(name, number);
    if (free !== name) this.#next.set(free, 2);
    return free;
  }
}
