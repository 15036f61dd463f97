import type { Database } from 'better-sqlite3';
import { isSealed } from '../../auth/seal.ts';
import { lockData } from './data-lock.ts';
import { accessKeyContext, type SecretSeal } from './key-secrets.ts';
import { openDatabase } from './open-database.ts';

/** Everything that a store keeps sealed, for a command that changes the key. Has the store for itself until closed. */
export type SealedValues = {
  /** Whether every sealed value opens. A store without any opens with any key. */
  openWith(seal: SecretSeal): boolean;
  /** Seals every value anew, all in one transaction. Throws where one does not open, having written nothing. */
  rewrap(from: SecretSeal, to: SecretSeal): number;
  close(): void;
};

/** A column of sealed values; those of another form in it are left alone. */
type SealedColumn = {
  readonly table: string;
  readonly id: string;
  readonly column: string;
  /** What the value of this id is sealed for. */
  readonly contextOf: (id: string) => string;
};

const COLUMNS: readonly SealedColumn[] = [
  { table: 'access_key', id: 'id', column: 'secret_sealed', contextOf: accessKeyContext },
  // A secret fact is sealed for its own name.
  { table: 'server_fact', id: 'name', column: 'value', contextOf: (name) => name },
];

/**
 * Opens the store of a server that does not run.
 * @throws UnusableDatabase where a server has it
 */
export function openSealedValues(path: string): SealedValues {
  const unlock = lockData(path);
  try {
    const db = openDatabase(path);
    // What was sealed with the old key shall not stay in free pages.
    db.pragma('secure_delete = ON');
    return {
      openWith: (seal) =>
        COLUMNS.every((column) => valuesOf(db, column).every((row) => opened(row, seal) !== undefined)),
      rewrap: (from, to) =>
        db
          .transaction(() => COLUMNS.reduce((count, column) => count + rewrapColumn(db, column, from, to), 0))
          .immediate(),
      close: () => {
        // Closing the last connection ends the write-ahead log, which holds the old pages too.
        db.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

type SealedRow = { readonly id: string; readonly context: string; readonly sealed: string };

function valuesOf(db: Database, { table, id, column, contextOf }: SealedColumn): SealedRow[] {
  const rows = db.prepare(`SELECT ${id}, ${column} FROM ${table}`).raw().all() as [string, string][];
  return rows
    .filter(([, sealed]) => isSealed(sealed))
    .map(([name, sealed]) => ({ id: name, context: contextOf(name), sealed }));
}

function opened({ context, sealed }: SealedRow, seal: SecretSeal): string | undefined {
  return seal.open(context, sealed);
}

function rewrapColumn(db: Database, column: SealedColumn, from: SecretSeal, to: SecretSeal): number {
  const update = db.prepare(`UPDATE ${column.table} SET ${column.column} = ? WHERE ${column.id} = ?`);
  const rows = valuesOf(db, column);
  for (const row of rows) {
    const secret = opened(row, from);
    if (secret === undefined) throw new Error(`${column.table} ${row.id} does not open with the key it should.`);
    update.run(to.seal(row.context, secret), row.id);
  }
  return rows.length;
}
