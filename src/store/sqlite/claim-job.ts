import { jobFailure } from '../../jobs/job-failure.ts';
import { ATTEMPT_CAP, type ClaimedJob } from '../../jobs/job-store.ts';
import { claimed, failed } from '../../jobs/job-transitions.ts';
import type { CreatedJob, ExecutingJob } from '../../jobs/smart-job.ts';
import { accountNumberOf } from './job-key.ts';
import type { StoredJob } from './job-rows.ts';
import type { JobTables } from './job-tables.ts';

const WORKER_LOST = jobFailure(
  'WorkerLost',
  `${ATTEMPT_CAP} workers in a row died while they ran this job. See the server's log and the memory of the ` +
    'machine, then retry the job.',
);

/** Runs inside a transaction. Everything about it looks up single rows, however long the queue is. */
export function claimJob(
  tables: JobTables,
  { worker, leaseMs }: { readonly worker: string; readonly leaseMs: number },
  now: number,
): ClaimedJob | undefined {
  const next = rescuedJob(tables, now) ?? waitingJob(tables);
  if (next === undefined) return undefined;
  const job = claimed(next.job, now);
  const { key, epoch } = tables.lease(next, job, { worker, until: now + leaseMs });
  tables.accounts.served(accountNumberOf(key));
  return { job, lease: { account: job.account, jobId: job.id, epoch } };
}

/** The job whose lease ran out first. Those that used up their attempts fail on the way. */
function rescuedJob(tables: JobTables, now: number): StoredJob<ExecutingJob> | undefined {
  for (;;) {
    const expired = tables.rows.firstExpired(now);
    if (expired === undefined || expired.job.attempts < ATTEMPT_CAP) return expired;
    tables.replace(expired, failed(expired.job, WORKER_LOST, now));
  }
}

function waitingJob({ accounts, rows }: JobTables): StoredJob<CreatedJob> | undefined {
  const accountNumber = accounts.servedLongestAgo();
  return accountNumber === undefined ? undefined : rows.oldestCreated(accountNumber);
}
