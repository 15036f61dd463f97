import type { AccountId } from '../jobs/account.ts';

const RESULTS = 'smartjobs-results-';

/**
 * The bucket where this server writes what it makes for an account without being told where. Bucket names are shared
 * by all accounts, so the name is kept free for that account.
 */
export function resultsBucket(account: AccountId): string {
  return `${RESULTS}${account}`;
}

/** Whether only another account may have a bucket of this name. */
export function isReservedForOthers(account: AccountId, bucket: string): boolean {
  return bucket.startsWith(RESULTS) && bucket !== resultsBucket(account);
}
