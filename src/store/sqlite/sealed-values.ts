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
      openWith: (seal) => COLUMNS.every((column) => rowsOf(db, column).every((row) => opens(row, column, seal))),
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

type Row = Readonly<Record<string, string | number | null>>;

/** What of a row is sealed, and what for; undefined where nothing is. */
function sealedIn(
  row: Row,
  { id, column, contextOf }: SealedColumn,
): { context: string; sealed: string } | undefined {
  const sealed = String(row[column]);
  return isSealed(sealed) ? { context: contextOf(String(row[id])), sealed } : undefined;
}

function rowsOf(db: Database, { table }: SealedColumn): Row[] {
  return db.prepare(`SELECT * FROM ${table}`).all() as Row[];
}

function opens(row: Row, column: SealedColumn, seal: SecretSeal): boolean {
  const value = sealedIn(row, column);
  return value === undefined || seal.open(value.context, value.sealed) !== undefined;
}

/**
 * Writes the whole table anew: SQLite overwrites the pages that it frees then, while an update of each row leaves
 * old texts in the slack of their pages.
 */
function rewrapColumn(db: Database, column: SealedColumn, from: SecretSeal, to: SecretSeal): number {
  const rows = rowsOf(db, column);
  const [first] = rows;
  if (first === undefined) return 0;
  db.exec(`DELETE FROM ${column.table}`);
  const names = Object.keys(first);
  const places = names.map(() => '?').join();
  const insert = db.prepare(`INSERT INTO ${column.table} (${names.join()}) VALUES (${places})`);
  let count = 0;
  for (const row of rows) {
    const value = sealedIn(row, column);
    if (value !== undefined) count += 1;
    const changed = value === undefined ? row : { ...row, [column.column]: rewrapped(value, from, to) };
    insert.run(...names.map((name) => changed[name] ?? null));
  }
  return count;
}

function rewrapped(
  { context, sealed }: { context: string; sealed: string },
  from: SecretSeal,
  to: SecretSeal,
): string {
  const secret = from.open(context, sealed);
  if (secret === undefined) throw new Error(`${context} does not open with the key it should.`);
  return to.seal(context, secret);
}
