import type { Database } from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { openDatabase } from './open-database.ts';
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts';

/** An empty folder for one test. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'smartjobs-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** A store in a folder of its own, for a contract suite: it can be opened again, and seals nothing. */
export function temporaryStore(): {
  readonly open: (clock: Clock) => Promise<SqliteStore>;
  readonly remove: () => Promise<void>;
} {
  const { folder, remove } = temporaryFolder();
  return {
    open: async (clock) =>
      openSqliteStore({
        path: join(folder, 'jobs.db'),
        clock,
        seal: { seal: (_context, secret) => secret, open: (_context, sealed) => sealed },
      }),
    remove: async () => remove(),
  };
}

/** A database of its own for one test, on disk as in service. */
export function temporaryDatabase(): { readonly db: Database; readonly path: string; readonly remove: () => void } {
  const { folder, remove } = temporaryFolder();
  const path = join(folder, 'jobs.db');
  const db = openDatabase(path);
  const close = (): void => {
    db.close();
    remove();
  };
  return { db, path, remove: close };
}
