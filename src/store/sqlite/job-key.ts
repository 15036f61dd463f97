import type { JobOrder } from '../../jobs/job-query.ts';

/**
 * The key of a job: account number << 32 | sequence, below 2^53. Its order is account by account, and within the
 * account the order of creation.
 */
export type JobKey = number;

/** Keys of one account, both ends excluded. */
export type KeyRange = { readonly above: JobKey; readonly below: JobKey };

const ACCOUNT_SPAN = 2 ** 32;

export function jobKey(accountNumber: number, sequence: number): JobKey {
  return accountNumber * ACCOUNT_SPAN + sequence;
}

export function sequenceOf(key: JobKey): number {
  return key % ACCOUNT_SPAN;
}

export function accountNumberOf(key: JobKey): number {
  return Math.floor(key / ACCOUNT_SPAN);
}

export function keysOf(accountNumber: number): KeyRange {
  const first = jobKey(accountNumber, 0);
  return { above: first, below: first + ACCOUNT_SPAN };
}

/** The keys of a range that come behind a job of the account. Never others, whatever the sequence is. */
export function keysBehind({ above, below }: KeyRange, job: JobKey, order: JobOrder): KeyRange {
  return order === 'Asc' ? { above: Math.max(above, job), below } : { above, below: Math.min(below, job) };
}
