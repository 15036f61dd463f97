import SQLite, { SqliteError, type Database } from 'better-sqlite3';
import { statSync } from 'node:fs';
import { refuseDamagedLog } from './damaged-log.ts';
import { forgetStatistics } from './forget-statistics.ts';
import { lostDatabase, migrate, refuseForeign, UnusableDatabase } from './migrations.ts';

/** How long a statement waits, blocking the process, for a writer outside of it: somebody with the sqlite3 shell. */
const BUSY_MS = 1_000;

/**
 * Opens the database, making it if there is none, with its schema brought up to date.
 *
 * Left as they are: 4 KB pages (8 KB made pages of jobs no faster, and single writes write more) and no
 * memory-mapped reading (no faster, and a failing disk would kill the process where it now fails a statement).
 * Never run ANALYZE here: with statistics SQLite plans statements anew at every call (0.70 times the pages).
 *
 * @param mayBeEmpty false where there was a database before, so that an empty file is not taken for a new one
 */
export function openDatabase(path: string, mayBeEmpty = true): Database {
  // Before SQLite looks: it removes the write-ahead log of an empty file, and may write to one that it opens.
  const isEmpty = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
  if (isEmpty && !mayBeEmpty) throw lostDatabase(path);
  refuseDamagedLog(path);
  if (!isEmpty) refuseOthersFiles(path);
  const db = new SQLite(path, { timeout: BUSY_MS });
  try {
    if (!isEmpty) refuseForeign(db, path);
    configure(db, path);
    migrate(db, path, mayBeEmpty);
    if (!forgetStatistics(db)) return db;
    db.close();
    return openDatabase(path, mayBeEmpty);
  } catch (error) {
    db.close();
    throw error;
  }
}

function refuseOthersFiles(path: string): void {
  const db = new SQLite(path, { readonly: true, timeout: BUSY_MS });
  try {
    refuseForeign(db, path);
  } catch (error) {
    // A start that was killed while it made the file left a commit to take back, which takes a writer; whose file it
    // is, is then looked at once more, with that done.
    if (!(error instanceof SqliteError && error.code === 'SQLITE_READONLY_ROLLBACK')) throw error;
  } finally {
    db.close();
  }
}

function configure(db: Database, path: string): void {
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') {
    throw new UnusableDatabase(
      `${path} cannot have a write-ahead log (journal mode ${String(mode)}). Put the data directory on a local disk.`,
    );
  }
  // Syncs each commit. The build's default for WAL is NORMAL, which may lose the last commits with the power.
  db.pragma('synchronous = FULL');
  // On macOS a plain fsync leaves the data in the drive's cache; elsewhere these two change nothing.
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('foreign_keys = ON');
  // A damaged page is an error at once, not a wrong row.
  db.pragma('cell_size_check = ON');
  // Functions and views of a file that somebody else prepared are not trusted.
  db.pragma('trusted_schema = OFF');
  // 32 MB at most: the inner pages of the indexes of 10 million jobs and the newest rows.
  db.pragma('cache_size = -32000');
  // The log is cut back to 64 MB after a burst or a long backup.
  db.pragma('journal_size_limit = 67108864');
}
