import type { Database } from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from './open-database.ts';

/** An empty folder for one test. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'smartjobs-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
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
