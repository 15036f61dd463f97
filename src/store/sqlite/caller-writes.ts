import type { AccountId } from '../../jobs/account.ts';
import type { JobFailure } from '../../jobs/job-failure.ts';
import { nextJobId, type JobId } from '../../jobs/job-id.ts';
import type { ChangeOutcome, QueueFull } from '../../jobs/job-store.ts';
import { failed, retried } from '../../jobs/job-transitions.ts';
import { createJob, type CreatedJob, type JobDraft } from '../../jobs/smart-job.ts';
import type { SubmitToken, TokenOutcome } from '../../jobs/submit-token.ts';
import { forgetCheckpoints } from './job-checkpoints.ts';
import { jobKey } from './job-key.ts';
import type { StoredJob } from './job-rows.ts';
import type { JobTables } from './job-tables.ts';

/*
 * What callers write. Each of these runs inside a transaction; `now` is in milliseconds since the epoch.
 */

type Submit = {
  readonly account: AccountId;
  readonly draft: JobDraft;
  readonly maxWaiting: number;
  readonly token: SubmitToken | undefined;
};

export function submitJob(tables: JobTables, submit: Submit, now: number): CreatedJob | QueueFull | TokenOutcome {
  const { account, draft, maxWaiting, token } = submit;
  const refused = knownToken(tables, account, token, now) ?? queueFull(tables, account, maxWaiting);
  if (refused !== undefined) return refused;
  const { accountNumber, sequence, previous } = tables.accounts.takeNextPlace(account);
  const job = createJob(account, nextJobId(now, previous), draft);
  tables.insert(accountNumber, sequence, job);
  if (token !== undefined) tables.tokens.keep(accountNumber, jobKey(accountNumber, sequence), token, now);
  return job;
}

function knownToken(
  { accounts, tokens }: JobTables,
  account: AccountId,
  token: SubmitToken | undefined,
  now: number,
): TokenOutcome | undefined {
  const accountNumber = token === undefined ? undefined : accounts.numberOf(account);
  return token === undefined || accountNumber === undefined ? undefined : tokens.find(accountNumber, token, now);
}

/** Undefined where the account may have one more job Created or Executing. */
function queueFull(
  { accounts, counters }: JobTables,
  account: AccountId,
  maxWaiting: number,
): QueueFull | undefined {
  const accountNumber = maxWaiting === Infinity ? undefined : accounts.numberOf(account);
  if (accountNumber === undefined) return undefined;
  const waiting =
    counters.count(accountNumber, { state: 'Created' }) + counters.count(accountNumber, { state: 'Executing' });
  return waiting < maxWaiting ? undefined : { kind: 'queue-full', waiting };
}

/** @returns the ids that existed, each once */
export function deleteJobs(tables: JobTables, account: AccountId, ids: readonly JobId[], now: number): JobId[] {
  return ids.filter((id) => {
    const stored = findJob(tables, account, id);
    if (stored !== undefined) tables.delete(stored, now);
    return stored !== undefined;
  });
}

export function cancelJob(
  tables: JobTables,
  { account, id, failure }: { readonly account: AccountId; readonly id: JobId; readonly failure: JobFailure },
  now: number,
): ChangeOutcome {
  const stored = findJob(tables, account, id);
  if (stored === undefined) return { kind: 'unknown' };
  const { job } = stored;
  if (job.state !== 'Created' && job.state !== 'Executing') return { kind: 'wrong-state', state: job.state };
  const canceled = failed(job, failure, now);
  tables.replace(stored, canceled);
  return { kind: 'changed', job: canceled };
}

type Retry = {
  readonly account: AccountId;
  readonly id: JobId;
  readonly maxWaiting: number;
  readonly forget: readonly string[];
};

export function retryJob(
  tables: JobTables,
  { account, id, maxWaiting, forget }: Retry,
  now: number,
): ChangeOutcome | QueueFull {
  const stored = findJob(tables, account, id);
  if (stored === undefined) return { kind: 'unknown' };
  if (stored.job.state !== 'Failed') return { kind: 'wrong-state', state: stored.job.state };
  const full = queueFull(tables, account, maxWaiting);
  if (full !== undefined) return full;
  const job = retried(stored.job, now);
  tables.replace(stored, job);
  for (const beginning of forget) forgetCheckpoints(tables, stored.key, beginning);
  return { kind: 'changed', job };
}

function findJob({ accounts, rows }: JobTables, account: AccountId, id: JobId): StoredJob | undefined {
  const accountNumber = accounts.numberOf(account);
  return accountNumber === undefined ? undefined : rows.find(accountNumber, id);
}
