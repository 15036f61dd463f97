import { SqliteError, type Database } from 'better-sqlite3';

/** So many lines are enough to see what it is about. */
const ENOUGH_LINES = 100;

const NO_RESULT =
  "SELECT count(*) FROM smart_job NOT INDEXED WHERE state = 'Finished' AND NOT EXISTS " +
  '(SELECT 1 FROM job_result WHERE job_result.key = smart_job.key)';

/**
 * What is wrong with the file itself, in the words of SQLite; empty where nothing is.
 * @param mostLines where the check stops
 */
export function damageOf(db: Database, mostLines = ENOUGH_LINES): string[] {
  try {
    const rows = db.pragma(`integrity_check(${mostLines})`) as { integrity_check: string }[];
    const lines = rows.flatMap(({ integrity_check: text }) => text.split('\n'));
    const damage = lines.filter((line) => line !== 'ok' && !line.startsWith('*** in database'));
    if (!damage.every(isLostRoom)) return damage;
    const orphans = db.pragma('foreign_key_check') as unknown[];
    const without = db.prepare(NO_RESULT).pluck().get() as number;
    return [
      ...damage,
      ...(orphans.length > 0 ? [`${orphans.length} results or checkpoints belong to no job`] : []),
      ...(without > 0 ? [`${without} finished jobs have no result`] : []),
    ];
  } catch (error) {
    if (isDamage(error)) return [error.message];
    throw error;
  }
}

/** Pages that belong to nothing: room that is lost, no data. */
export function isLostRoom(line: string): boolean {
  return /^Page \d+: never used$/.test(line);
}

/** Whether SQLite could not read on, as against a full disk or a lock. */
export function isDamage(error: unknown): error is Error {
  return error instanceof SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}
