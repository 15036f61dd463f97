import { randomBytes } from 'node:crypto';
import type { MasterKey } from '../auth/master-key.ts';
import { open, seal } from '../auth/seal.ts';
import type { AccountId } from '../jobs/account.ts';
import { newPageTokenKey } from '../jobs/page-token.ts';
import type { SecretSeal } from '../store/sqlite/access-keys.ts';
import type { ServerFacts } from '../store/sqlite/server-facts.ts';
import { StartUpProblem } from './start-up-problem.ts';

/** The master key as the store takes it. */
export function secretSeal(key: MasterKey): SecretSeal {
  return {
    seal: (context, secret) => seal(key, context, secret),
    open: (context, sealed) => open(key, context, sealed),
  };
}

const PAGE_TOKEN_KEY = 'page-token-key';
const ACCOUNT_ID = 'account-id';

/** The key of NextToken: made at the first start, kept sealed, so that tokens outlive restarts. */
export function pageTokenKey(facts: ServerFacts, sealing: SecretSeal): Buffer {
  const sealed = facts.getOrMake(PAGE_TOKEN_KEY, () =>
    sealing.seal(PAGE_TOKEN_KEY, newPageTokenKey().toString('base64url')),
  );
  const key = sealing.open(PAGE_TOKEN_KEY, sealed);
  if (key === undefined) {
    throw new StartUpProblem(
      'The secrets in the database do not open with master.key of the data directory: it is not the key they were ' +
        'sealed with, or the database is damaged. Restore the two from one backup.',
    );
  }
  return Buffer.from(key, 'base64url');
}

/** The account of the root key: the one from the settings, else the one made at the first start. */
export function rootAccount(facts: ServerFacts, configured: string | undefined): AccountId {
  return (configured ?? facts.getOrMake(ACCOUNT_ID, newAccountId)) as AccountId;
}

/** 16 digits that begin with 1, as the cloud's do, and so below 2^53. */
function newAccountId(): string {
  const digits = randomBytes(8).readBigUInt64BE() % 10n ** 15n;
  return `1${digits.toString().padStart(15, '0')}`;
}
