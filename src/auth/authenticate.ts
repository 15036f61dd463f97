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
import { checkTimestamp } from './timestamp.ts';
import { refuseUnsigned } from './unsigned-request.ts';

export type AuthenticationParts = {
  readonly keys: AccessKeys;
  readonly nonces: NonceMemory;
  readonly clock: Clock;
};

export type Authentication = { readonly kind: 'caller'; readonly caller: Caller } | AuthRefusal;

/** Ids of temporary keys begin so; they are good only together with their token. */
const TEMPORARY_KEY_PREFIX = 'STS.';

/** Checked against when the key is unknown, so that an unknown id takes as long to refuse as a wrong signature. */
const NOBODYS_SECRET = newAccessKey().secret;

/** Who sent this request? Checks in the order of the service's own error codes; the nonce is burned last. */
export async function authenticate(request: SignedRequest, parts: AuthenticationParts): Promise<Authentication> {
  const { keys, nonces, clock } = parts;
  const claim = readClaim(request);
  if (claim.kind === 'refused') return claim;
  const now = clock.now();
  const badTime = checkTimestamp(claim.timestampName, claim.timestamp, now);
  if (badTime !== undefined) return badTime;
  const key = await keys.find(claim.accessKeyId);
  const badSignature = claim.checkSignature(key?.secret ?? NOBODYS_SECRET);
  if (key === undefined) return refuseUnknownKey(claim);
  if (key.status === 'Inactive') return refuseInactiveKey();
  if (claim.securityToken !== '') return refuseToken();
  if (badSignature !== undefined) return badSignature;
  if (!nonces.remember(key.id, claim.nonce, now + NONCE_LIFE_MS)) {
    return refuse(
      'SignatureNonceUsed',
      'The request signature nonce has been used. Sign each try with a new nonce.',
    );
  }
  keys.used(key.id);
  return { kind: 'caller', caller: callerOf(key) };
}

function readClaim(request: SignedRequest): SignedClaim | AuthRefusal {
  const { authorization } = request.headers;
  if (authorization?.startsWith(AUTHORIZATION_V3_PREFIX) === true) return claimV3(request, authorization);
  if (request.query.has('Signature') || request.form.has('Signature')) return claimV1(request);
  return refuseUnsigned(request);
}

function refuseUnknownKey(claim: SignedClaim): AuthRefusal {
  if (claim.accessKeyId.startsWith(TEMPORARY_KEY_PREFIX) && claim.securityToken === '') {
    return refuse('MissingSecurityToken', 'SecurityToken is mandatory with the access key of an STS credential.');
  }
  return refuse('InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
}

function refuseInactiveKey(): AuthRefusal {
  return refuse(
    'InvalidAccessKeyId.Inactive',
    'Specified access key is disabled. Enable it again with UpdateAccessKey, or sign with another key.',
  );
}

/** Every key of the port is long-lived, so no token belongs to it. */
function refuseToken(): AuthRefusal {
  return refuse(
    'InvalidSecurityToken.MismatchWithAccessKey',
    'The security token does not belong to the access key, which is a long-lived one. Leave the token out.',
  );
}
