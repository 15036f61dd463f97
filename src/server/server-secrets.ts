import { randomBytes } from 'node:crypto';
import type { AccountId } from '../jobs/account.ts';
import type { SecretSeal } from '../store/sqlite/key-secrets.ts';
import type { ServerFacts } from '../store/sqlite/server-facts.ts';
import { StartUpProblem } from './start-up-problem.ts';

/** Bytes. */
const KEY_LENGTH = 32;

/** The key of NextToken. */
export const PAGE_TOKEN_KEY = 'page-token-key';
/** The key of SecurityToken. */
export const SECURITY_TOKEN_KEY = 'security-token-key';
/** The key of EncodedDiagnosticMessage. */
export const DIAGNOSTIC_KEY = 'diagnostic-key';
/** The key of the URLs that this server hands out. */
export const LINK_KEY = 'link-key';
const ACCOUNT_ID = 'account-id';

/**
 * A key of the server's own, 32 random bytes: made at the first start, and kept sealed for its name, so that what
 * was sealed with it outlives restarts.
 */
export function keptKey(facts: ServerFacts, sealing: SecretSeal, name: string): Buffer {
  const sealed = facts.getOrMake(name, () => sealing.seal(name, randomBytes(KEY_LENGTH).toString('base64url')));
  const key = sealing.open(name, sealed);
  if (key === undefined) {
    throw new StartUpProblem(
      'The secrets in the database do not open with the master key: it is not the key they were sealed with, or the ' +
        'database is damaged. Restore the two from one backup.',
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
