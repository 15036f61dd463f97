import type { Lease } from '../../jobs/smart-job.ts';
import { jobIdBytes } from './job-rows.ts';
import { keysOf } from './job-key.ts';
import type { JobTables } from './job-tables.ts';
import type { SqlValue } from './statements.ts';

/** The job that a lease is good for, given heldValues: none where another worker has claimed it, or it has ended. */
export const HELD = "WHERE job_id = ? AND key > ? AND key < ? AND epoch = ? AND state = 'Executing'";

/** Undefined where the account never had a job. */
export function heldValues({ accounts }: JobTables, lease: Lease): SqlValue[] | undefined {
  const accountNumber = accounts.numberOf(lease.account);
  if (accountNumber === undefined) return undefined;
  const { above, below } = keysOf(accountNumber);
  return [jobIdBytes(lease.jobId), above, below, lease.epoch];
}
