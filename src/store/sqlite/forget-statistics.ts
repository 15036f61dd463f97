import type { Database } from 'better-sqlite3';

const TABLES = "SELECT name FROM sqlite_schema WHERE name IN ('sqlite_stat1', 'sqlite_stat4')";

/**
 * Drops what an ANALYZE by hand left behind. With statistics SQLite plans statements anew at every call, and scans
 * block counters where it should seek: their tables were small when they were looked at.
 *
 * @returns whether there were any; then this connection still goes by them, and another is to be opened
 */
export function forgetStatistics(db: Database): boolean {
  const tables = db.prepare(TABLES).pluck().all() as string[];
  for (const table of tables) db.exec(`DROP TABLE ${table}`);
  return tables.length > 0;
}
