import type { Database, Statement } from 'better-sqlite3';

export type SqlValue = number | string | Buffer | null;

/**
 * Statements prepared at their first use, by their text: planning costs more than running. The texts are few,
 * since values are bound.
 */
export class Statements {
  readonly #db: Database;
  readonly #byText = new Map<string, Statement>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** The first row as an object, or undefined. */
  get(sql: string, ...values: readonly SqlValue[]): unknown {
    return this.#statement(sql).get(...values);
  }

  /** All rows, each as an object. */
  all(sql: string, ...values: readonly SqlValue[]): unknown[] {
    return this.#statement(sql).all(...values);
  }

  /** All rows, each as an array of its columns. */
  rows<Row extends readonly SqlValue[]>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return this.#statement(sql)
      .raw()
      .all(...values) as Row[];
  }

  /** The same one by one. No other statement runs before the last one is read or the loop is left. */
  walk<Row extends readonly SqlValue[]>(sql: string, ...values: readonly SqlValue[]): IterableIterator<Row> {
    return this.#statement(sql)
      .raw()
      .iterate(...values) as IterableIterator<Row>;
  }

  /** @returns how many rows were written */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  #statement(sql: string): Statement {
    let statement = this.#byText.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#byText.set(sql, statement);
    }
    return statement;
  }
}
