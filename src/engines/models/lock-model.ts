import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Keeps other processes from changing the same model until released. It is an empty SQLite database under an
 * exclusive transaction: the operating system drops such a lock when its process ends in whatever way. The file
 * stays, since a lock file that is removed can be held twice.
 *
 * @returns a function that releases the lock; undefined where another process has it
 */
export async function lockModel(modelsDir: string, name: string): Promise<(() => void) | undefined> {
  const folder = join(modelsDir, '.locks');
  await mkdir(folder, { recursive: true });
  // Loaded here: whoever only reads models needs no database.
  const { default: SQLite } = await import('better-sqlite3');
  const lock = new SQLite(join(folder, name), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof SQLite.SqliteError && error.code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return () => lock.close();
}
