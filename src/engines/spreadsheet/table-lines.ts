import type { ChartTable, Heading, TableColumn } from './chart-table.ts';
import type { SpreadsheetRefusalCode } from './spreadsheet-refusal.ts';

/** What the child that reads a spreadsheet prints, one a line: a refusal, or a table in pieces that end with `end`. */
export type TableLine =
  | { readonly kind: 'refused'; readonly code: SpreadsheetRefusalCode; readonly message: string }
  | ({ readonly kind: 'start' } & Omit<ChartTable, 'rows' | 'columns'>)
  | { readonly kind: 'rows'; readonly rows: readonly Heading[] }
  | { readonly kind: 'column'; readonly heading: Heading; readonly unit: string }
  /** Of the column before. */
  | { readonly kind: 'values'; readonly values: readonly (number | null)[] }
  | { readonly kind: 'end' };

/** Of each a line stays far below the 1 MiB that a line may have, and takes the server no time to read. */
const ROWS_A_LINE = 500;
const VALUES_A_LINE = 5000;

export function* tableLines({ rows, columns, ...rest }: ChartTable): Generator<TableLine> {
  yield { kind: 'start', ...rest };
  for (const piece of pieces(rows, ROWS_A_LINE)) yield { kind: 'rows', rows: piece };
  for (const { heading, unit, values } of columns) {
    yield { kind: 'column', heading, unit };
    for (const piece of pieces(values, VALUES_A_LINE)) yield { kind: 'values', values: piece };
  }
  yield { kind: 'end' };
}

function* pieces<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** Puts the pieces together again. */
export class TableReceiver {
  #rest: Omit<ChartTable, 'rows' | 'columns'> | undefined;
  readonly #rows: Heading[] = [];
  readonly #columns: (Omit<TableColumn, 'values'> & { readonly values: (number | null)[] })[] = [];
  #table: ChartTable | undefined;
  #refusal: Extract<TableLine, { kind: 'refused' }> | undefined;

  /** @param text a line; what a child that was killed began to say is none */
  takeText(text: string): void {
    let line: TableLine;
    try {
      line = JSON.parse(text) as TableLine;
    } catch {
      // Without the last line there is no table, whatever is missing before.
      return;
    }
    this.#take(line);
  }

  #take(line: TableLine): void {
    if (line.kind === 'refused') this.#refusal = line;
    else if (line.kind === 'rows') this.#rows.push(...line.rows);
    else if (line.kind === 'column') this.#columns.push({ heading: line.heading, unit: line.unit, values: [] });
    else if (line.kind === 'values') this.#columns.at(-1)?.values.push(...line.values);
    else if (line.kind === 'start') {
      const { sheet, title, rowsName, time, notes } = line;
      this.#rest = { sheet, title, rowsName, time, notes };
    } else if (this.#rest !== undefined) this.#table = { ...this.#rest, rows: this.#rows, columns: this.#columns };
  }

  /** Undefined until the last piece is there. */
  get table(): ChartTable | undefined {
    return this.#table;
  }

  get refusal(): Extract<TableLine, { kind: 'refused' }> | undefined {
    return this.#refusal;
  }
}
