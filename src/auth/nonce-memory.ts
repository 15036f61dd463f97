import { hash } from 'node:crypto';

/**
 * How long a nonce is remembered, in milliseconds: a request dated 15 minutes ahead is good for
 * 30 minutes from its first arrival. The last minute is room for a clock that is corrected.
 */
export const NONCE_LIFE_MS = 31 * 60_000;

/** The port that makes a signed request good for one use only. */
export type NonceMemory = {
  /**
   * Remembers the nonce of a request whose signature verified, so that strangers can neither burn nonces nor fill
   * the memory. Each access key has its own nonces; they may be of any length and characters.
   * @param until milliseconds since the epoch; the nonce may be remembered for longer
   * @returns false where it was remembered already, true once it outlives what it has to outlive
   */
  remember(accessKeyId: string, nonce: string, until: number): Promise<boolean>;
  stop(): Promise<void>;
};

/**
 * What is kept of a nonce: a SHA-256 in base64url, 43 characters whatever the nonce is. It is a string of its own,
 * where a part of a request's URL would keep the whole URL in memory.
 */
export function nonceDigest(accessKeyId: string, nonce: string): string {
  return hash('sha256', `${accessKeyId}\n${nonce}`, 'base64url');
}
