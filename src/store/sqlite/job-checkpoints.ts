import { LONGEST_CHECKPOINT } from '../../jobs/job-store.ts';
import type { Lease } from '../../jobs/smart-job.ts';
import { HELD, heldValues } from './held-lease.ts';
import type { JobKey } from './job-key.ts';
import type { JobTables } from './job-tables.ts';

const SAVE =
  'INSERT OR REPLACE INTO job_checkpoint (key, name, value) ' +
  `SELECT key, ?, ? FROM smart_job INDEXED BY smart_job_id ${HELD}`;
const SAVED =
  'SELECT name, value FROM job_checkpoint ' +
  `WHERE key = (SELECT key FROM smart_job INDEXED BY smart_job_id ${HELD}) ORDER BY name`;

const FORGET = 'DELETE FROM job_checkpoint WHERE key = ? AND substr(name, 1, length(?)) = ?';

/** False is a lost lease, and nothing written. */
export function saveCheckpoint(
  tables: JobTables,
  lease: Lease,
  checkpoint: { readonly key: string; readonly value: string },
): boolean {
  const values = heldValues(tables, lease);
  return values !== undefined && tables.statements.run(SAVE, checkpoint.key, checkpoint.value, ...values) === 1;
}

export function savedCheckpoints(tables: JobTables, lease: Lease): Map<string, string> {
  const values = heldValues(tables, lease);
  return new Map(values === undefined ? [] : tables.statements.rows<[string, string]>(SAVED, ...values));
}

/** Those whose names begin so. */
export function forgetCheckpoints({ statements }: JobTables, key: JobKey, beginning: string): void {
  statements.run(FORGET, key, beginning, beginning);
}

/** Before anything waits for the disk: what is too long for one statement would slow down every other write. */
export function refuseLongCheckpoint(key: string, value: string): void {
  const bytes = Buffer.byteLength(value);
  if (bytes > LONGEST_CHECKPOINT) {
    throw new RangeError(`The checkpoint '${key}' has ${bytes} bytes; at most ${LONGEST_CHECKPOINT} are kept.`);
  }
}
