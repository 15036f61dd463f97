import type { Database } from 'better-sqlite3';
import { BLOCK_BITS } from './job-counters.ts';

/** Everything in the database that follows from its other tables. */
const DERIVED = `(type = 'index' AND sql IS NOT NULL) OR (type = 'table' AND name IN (${BLOCK_BITS.map((bits) => `'block_${bits}'`).join(', ')}))`;

/**
 * Makes all indexes and the block counters anew, empty counters that is, without reading what is there: SQLite's own
 * REINDEX and DROP read the old pages, and fail at a broken one. The old pages stay behind until a VACUUM.
 * Runs inside a transaction, on a connection that is closed afterwards.
 */
export function remakeDerived(db: Database): void {
  const made = db
    .prepare(`SELECT sql FROM sqlite_schema WHERE ${DERIVED} ORDER BY type DESC`)
    .pluck()
    .all() as string[];
  // Writing to the schema is what this lets through.
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  db.prepare(`DELETE FROM sqlite_schema WHERE ${DERIVED}`).run();
  db.pragma('writable_schema = RESET');
  db.unsafeMode(false);
  for (const sql of made) db.exec(sql);
}
