import type { KeyObject } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { AccessKeys } from './access-key.ts';
import { refuse, type AuthRefusal } from './auth-error.ts';
import { callerOf, type Caller } from './caller.ts';
import { claimV1 } from './claim-v1.ts';
import { AUTHORIZATION_V3_PREFIX, claimV3 } from './claim-v3.ts';
import { newAccessKey } from './new-access-key.ts';
import { NONCE_LIFE_MS, type NonceMemory } from './nonce-memory.ts';
import type { SignedClaim } from './signed-claim.ts';
import type { SignedRequest } from './signed-request.ts';
import { isTemporaryKey, refuseMismatch, temporaryKey } from './temporary-key.ts';
import { checkTimestamp } from './timestamp.ts';
import { refuseUnsigned } from './unsigned-request.ts';

export type AuthenticationParts = {
  readonly keys: AccessKeys;
  readonly nonces: NonceMemory;
  readonly clock: Clock;
  /** Opens the tokens of role sessions. */
  readonly tokenKey: KeyObject;
};

export type Authentication = { readonly kind: 'caller'; readonly caller: Caller } | AuthRefusal;

/** Checked against when the key is unknown, so that an unknown id takes as long to refuse as a wrong signature. */
const NOBODYS_SECRET = newAccessKey().secret;

/** Made once: the refusal of a wrong signature, which an unknown key gets too, is the one that costs time. */
const UNKNOWN_KEY = refuse('InvalidAccessKeyId.NotFound', 'Specified access key is not found.');

/** Who sent this request? Checks in the order of the service's own error codes; the nonce is burned last. */
export async function authenticate(request: SignedRequest, parts: AuthenticationParts): Promise<Authentication> {
  const { keys, nonces, clock } = parts;
  const claim = readClaim(request);
  if (claim.kind === 'refused') return claim;
  const now = clock.now();
  const badTime = checkTimestamp(claim.timestampName, claim.timestamp, now);
  if (badTime !== undefined) return badTime;
  const proof = isTemporaryKey(claim.accessKeyId)
    ? provenSession(claim, parts.tokenKey, now)
    : await provenKey(claim, keys);
  if (proof.kind === 'refused') return proof;
  if (!(await nonces.remember(claim.accessKeyId, claim.nonce, now + NONCE_LIFE_MS))) {
    return refuse(
      'SignatureNonceUsed',
      'The request signature nonce has been used. Sign each try with a new nonce.',
    );
  }
  if (proof.caller.kind !== 'role-session') keys.used(claim.accessKeyId);
  return proof;
}

async function provenKey(claim: SignedClaim, keys: AccessKeys): Promise<Authentication> {
  const { key } = await keys.find(claim.accessKeyId);
  const badSignature = claim.checkSignature(key?.secret ?? NOBODYS_SECRET);
  if (key === undefined) return UNKNOWN_KEY;
  if (key.status === 'Inactive') return refuseInactiveKey();
  if (claim.securityToken !== '') return refuseMismatch('which is a long-lived one. Leave the token out');
  return badSignature ?? { kind: 'caller', caller: callerOf(key) };
}

function provenSession(claim: SignedClaim, tokenKey: KeyObject, now: number): Authentication {
  const key = temporaryKey(claim, tokenKey, now);
  if (key.kind === 'refused') return key;
  return claim.checkSignature(key.secret) ?? { kind: 'caller', caller: key.caller };
}

function readClaim(request: SignedRequest): SignedClaim | AuthRefusal {
  const { authorization } = request.headers;
  if (authorization?.startsWith(AUTHORIZATION_V3_PREFIX) === true) return claimV3(request, authorization);
  if (request.query.has('Signature') || request.form.has('Signature')) return claimV1(request);
  return refuseUnsigned(request);
}

function refuseInactiveKey(): AuthRefusal {
  return refuse(
    'InvalidAccessKeyId.Inactive',
    'Specified access key is disabled. Enable it again with UpdateAccessKey, or sign with another key.',
  );
}
