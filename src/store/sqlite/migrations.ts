import type { Database } from 'better-sqlite3';
import { jobs } from './migrations/0001-jobs.ts';
import { server } from './migrations/0002-server.ts';
import { identities } from './migrations/0003-identities.ts';
import { checkpoints } from './migrations/0004-checkpoints.ts';
import { hotwords } from './migrations/0005-hotwords.ts';
import { media } from './migrations/0006-media.ts';
import { submitTokens } from './migrations/0007-submit-tokens.ts';

/** In order. A migration that a release has shipped is never edited: what it made is changed by a later one. */
const MIGRATIONS: readonly string[] = [jobs, server, identities, checkpoints, hotwords, media, submitTokens];

/** The schema that this version of the server works with; SQLite keeps it as user_version. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** `sjob` in ASCII: tells this server's databases from other SQLite files. */
const APPLICATION_ID = 0x73_6a_6f_62;

/** The file cannot be used, and must not be touched. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase';
}

/**
 * Brings the schema to this version, all in one transaction.
 * @param mayBeEmpty whether a database without a schema is a new one; else one that was lost
 */
export function migrate(db: Database, path: string, mayBeEmpty: boolean): void {
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version === 0 && !mayBeEmpty) throw lostDatabase(path);
    for (const sql of MIGRATIONS.slice(version)) db.exec(sql);
    if (version === SCHEMA_VERSION) return;
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).exclusive();
}

/** An empty file where there were jobs: to begin with a new database would hide that they are gone. */
export function lostDatabase(path: string): UnusableDatabase {
  return new UnusableDatabase(
    `${path} is missing or empty, but the data directory was in use before: its jobs are lost. Restore a backup; to ` +
      'begin anew, choose another data directory (SMARTJOBS_DATA_DIR).',
  );
}

/** Looks only: nothing of such a file may be changed, not even its journal mode. */
export function refuseForeign(db: Database, path: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  const ours = db.pragma('application_id', { simple: true }) === APPLICATION_ID;
  const empty = version === 0 && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!ours && !empty) {
    throw new UnusableDatabase(`${path} is not a database of smartjobs. Choose another data directory.`);
  }
  if (version > SCHEMA_VERSION) {
    throw new UnusableDatabase(
      `${path} was written by a newer version of smartjobs (schema ${version}; this version knows up to ` +
        `${SCHEMA_VERSION}). Install that version again, or restore a backup from before the upgrade.`,
    );
  }
}
