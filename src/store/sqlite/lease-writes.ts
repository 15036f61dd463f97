import type { JobFailure } from '../../jobs/job-failure.ts';
import { failed, finished, handedBack } from '../../jobs/job-transitions.ts';
import type { ExecutingJob, JobProgress, JobResult, Lease, SmartJob } from '../../jobs/smart-job.ts';
import { HELD, heldValues } from './held-lease.ts';
import type { StoredJob } from './job-rows.ts';
import type { JobTables } from './job-tables.ts';

/*
 * What workers write: only to a job that is executing under the epoch of their lease. A lease that ran out is good
 * until another worker claims the job, for that is what raises the epoch. False is a lost lease, and nothing written.
 */

const HOLDS = `SELECT 1 FROM smart_job INDEXED BY smart_job_id ${HELD}`;
const RENEW = `UPDATE smart_job INDEXED BY smart_job_id SET lease_until = ? ${HELD}`;
const SAVE_PROGRESS = `UPDATE smart_job INDEXED BY smart_job_id SET percent = max(percent, ?), step = ? ${HELD}`;

export function holdsLease(tables: JobTables, lease: Lease): boolean {
  const values = heldValues(tables, lease);
  return values !== undefined && tables.statements.get(HOLDS, ...values) !== undefined;
}

/** @param until milliseconds since the epoch */
export function renewLease(tables: JobTables, lease: Lease, until: number): boolean {
  const values = heldValues(tables, lease);
  return values !== undefined && tables.statements.run(RENEW, until, ...values) === 1;
}

/** The percentage never falls; the step is always the newest. */
export function saveProgress(tables: JobTables, lease: Lease, { percent, step }: JobProgress): boolean {
  const values = heldValues(tables, lease);
  return values !== undefined && tables.statements.run(SAVE_PROGRESS, percent, step, ...values) === 1;
}

export function finishJob(tables: JobTables, lease: Lease, result: JobResult, now: number): boolean {
  return settle(tables, lease, (job) => finished(job, result, now));
}

export function failJob(tables: JobTables, lease: Lease, failure: JobFailure, now: number): boolean {
  return settle(tables, lease, (job) => failed(job, failure, now));
}

export function handBackJob(tables: JobTables, lease: Lease, now: number): boolean {
  return settle(tables, lease, (job) => handedBack(job, now));
}

function settle(
  tables: JobTables,
  lease: Lease,
  next: (job: ExecutingJob) => Exclude<SmartJob, ExecutingJob>,
): boolean {
  const stored = heldJob(tables, lease);
  if (stored === undefined) return false;
  tables.replace(stored, next(stored.job));
  return true;
}

function heldJob({ accounts, rows }: JobTables, lease: Lease): StoredJob<ExecutingJob> | undefined {
  const accountNumber = accounts.numberOf(lease.account);
  if (accountNumber === undefined) return undefined;
  const stored = rows.find(accountNumber, lease.jobId);
  if (stored === undefined || stored.epoch !== lease.epoch || stored.job.state !== 'Executing') return undefined;
  return { ...stored, job: stored.job };
}
