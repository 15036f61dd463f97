import type { Database } from 'better-sqlite3';
import { BLOCK_BITS } from './job-counters.ts';

/** The tables that follow from the others. */
const COUNTERS: readonly string[] = BLOCK_BITS.map((bits) => `block_${bits}`);

/**
 * Makes all indexes and the block counters anew, empty counters that is, without reading what is there: SQLite's own
 * REINDEX and DROP read the old pages, and fail at a broken one. The old pages stay behind until a VACUUM.
 * Runs inside a transaction, on a connection that is closed afterwards.
 */
export function remakeDerived(db: Database): void {
  remake(db, COUNTERS);
}

/**
 * The same, and the checkpoints are given up: they follow from running the jobs again. So are the tokens of submits,
 * which last a day. The last resort, since running the jobs again may take hours.
 */
export function remakeWithoutCheckpoints(db: Database): void {
  remake(db, [...COUNTERS, 'job_checkpoint', 'submit_token']);
}

function remake(db: Database, tables: readonly string[]): void {
  const names = tables.map((name) => `'${name}'`).join(', ');
  const doomed = `(type = 'index' AND sql IS NOT NULL) OR (type = 'table' AND name IN (${names}))`;
  const made = db
    .prepare(`SELECT sql FROM sqlite_schema WHERE ${doomed} ORDER BY type DESC`)
    .pluck()
    .all() as string[];
  // Writing to the schema is what this lets through.
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  db.prepare(`DELETE FROM sqlite_schema WHERE ${doomed}`).run();
  db.pragma('writable_schema = RESET');
  db.unsafeMode(false);
  for (const sql of made) db.exec(sql);
}
