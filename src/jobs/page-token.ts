import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { AccountId } from './account.ts';
import type { JobFilter, JobOrder } from './job-query.ts';

/** The list that a token goes on with. A token of one list opens for no other. */
export type PageTokenScope = {
  readonly account: AccountId;
  readonly filter: JobFilter;
  readonly order: JobOrder;
};

const VERSION = 1n;

/*
 * A token is 36 bytes: 12 of nonce, 8 sealed, 16 of tag. 36 divides by 3, so its 48 characters of base64url have
 * neither padding nor spare bits, and each token has exactly one spelling. The 8 sealed bytes are a version and a
 * sequence of 56 bits. Nonces are random: after 2^40 tokens of one key, 17 years at 2,000 a second, the chance that
 * any two were ever equal is 1 in 2^17.
 */
const NONCE_BYTES = 12;
const SEALED_BYTES = 8;
const SEQUENCE_BITS = 56n;
const TOKEN = /^[A-Za-z0-9_-]{48}$/;

/**
 * @param key 32 bytes, kept by the server and shared by all nodes; a new one ends every token given out
 * @param sequence of the last job of the page before, 0 to 2^53 - 1
 */
export function sealPageToken(key: Buffer, scope: PageTokenScope, sequence: number): string {
  return sealPosition(key, bound(scope), sequence);
}

/** The same for a list of any kind. @param list what names the list, as no other list is named */
export function sealPosition(key: Buffer, list: Buffer, sequence: number): string {
  const position = Buffer.alloc(SEALED_BYTES);
  position.writeBigUInt64BE((VERSION << SEQUENCE_BITS) | BigInt(sequence));
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(list);
  return Buffer.concat([nonce, cipher.update(position), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** Drawn for many tokens at once: drawing 12 bytes alone takes 2 µs. */
const drawn = Buffer.alloc(NONCE_BYTES * 256);
let used = drawn.length;

function newNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += NONCE_BYTES;
  return drawn.subarray(used - NONCE_BYTES, used);
}

/** The sequence, or undefined where the token is damaged, of another key, or of another list. Never throws. */
export function openPageToken(key: Buffer, scope: PageTokenScope, token: string): number | undefined {
  return openPosition(key, bound(scope), token);
}

/** The same for a list of any kind. */
export function openPosition(key: Buffer, list: Buffer, token: string): number | undefined {
  if (!TOKEN.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const sealedEnd = NONCE_BYTES + SEALED_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: 16 });
  decipher.setAAD(list).setAuthTag(bytes.subarray(sealedEnd));
  const position = decipher.update(bytes.subarray(NONCE_BYTES, sealedEnd));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  const opened = position.readBigUInt64BE();
  return opened >> SEQUENCE_BITS === VERSION ? Number(opened & ((1n << SEQUENCE_BITS) - 1n)) : undefined;
}

/**
 * What the seal covers without containing it. As JSON, so that no two scopes have the same bytes. The filters that
 * the service does not have stand behind the others, and only where one is given.
 */
function bound({ account, filter, order }: PageTokenScope): Buffer {
  const { type = null, state = null, createdFrom, createdBefore, titleContains, ids } = filter;
  const ours = [createdFrom, createdBefore, titleContains, ids];
  const behind = ours.every((value) => value === undefined) ? [] : ours.map((value) => value ?? null);
  return Buffer.from(JSON.stringify(['page-token', account, type, state, order, ...behind]));
}
