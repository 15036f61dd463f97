import SQLite, { SqliteError } from 'better-sqlite3';
import { UnusableDatabase } from './migrations.ts';

/**
 * Holds a file for this process alone until released. It is an empty SQLite database under an exclusive
 * transaction: the operating system drops such a lock when the process ends in whatever way, so a killed server
 * leaves nothing to clean up. The job database itself stays readable to others, for a backup.
 *
 * @returns a function that releases the lock
 */
export function lockData(databasePath: string): () => void {
  const db = new SQLite(`${databasePath}.lock`, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof SqliteError && error.code === 'SQLITE_BUSY') {
      throw new UnusableDatabase(
        `${databasePath} is in use by another smartjobs server. Stop that server, or give this one another data ` +
          'directory (SMARTJOBS_DATA_DIR).',
      );
    }
    throw error;
  }
  return () => db.close();
}
