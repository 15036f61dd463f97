import type { KeyObject } from 'node:crypto';
import { wireTime } from '../base/wire-time.ts';
import { refuse, type AuthRefusal } from './auth-error.ts';
import type { Caller } from './caller.ts';
import { openSecurityToken, TEMPORARY_KEY_PREFIX, type SessionGrant } from './security-token.ts';
import type { SignedClaim } from './signed-claim.ts';

export type TemporaryKey = { readonly kind: 'session'; readonly secret: string; readonly caller: Caller };

export function isTemporaryKey(accessKeyId: string): boolean {
  return accessKeyId.startsWith(TEMPORARY_KEY_PREFIX);
}

/**
 * The temporary key that a request names, read from the token beside it. Nobody learns anything of keys that exist:
 * what is refused here is seen in the token alone.
 * @param now milliseconds since the epoch
 */
export function temporaryKey(
  { accessKeyId, securityToken }: Pick<SignedClaim, 'accessKeyId' | 'securityToken'>,
  tokenKey: KeyObject,
  now: number,
): TemporaryKey | AuthRefusal {
  if (securityToken === '') {
    return refuse(
      'MissingSecurityToken',
      'SecurityToken is mandatory for this action: the access key is an STS one.',
    );
  }
  const grant = openSecurityToken(tokenKey, securityToken);
  if (grant === undefined) {
    return refuse(
      'InvalidSecurityToken.Malformed',
      'The security token is damaged, or was not given by this server. Send it as AssumeRole answered it.',
    );
  }
  if (grant.accessKeyId !== accessKeyId) return refuseMismatch('which is that of another session');
  if (grant.expiresAt <= now) return refuseExpired(grant, now);
  return { kind: 'session', secret: grant.secret, caller: callerOfSession(grant) };
}

/** @param why the end of the sentence, about the access key */
export function refuseMismatch(why: string): AuthRefusal {
  return refuse(
    'InvalidSecurityToken.MismatchWithAccessKey',
    `The security token does not belong to the access key, ${why}.`,
  );
}

function refuseExpired({ expiresAt }: SessionGrant, now: number): AuthRefusal {
  return refuse(
    'InvalidSecurityToken.Expired',
    `The security token expired at ${wireTime(expiresAt)}; this server's time is ${wireTime(now)}. ` +
      'Call AssumeRole again.',
  );
}

function callerOfSession(grant: SessionGrant): Caller {
  const { account, accessKeyId, roleId, roleName, sessionName, sessionPolicy } = grant;
  return { kind: 'role-session', account, accessKeyId, roleId, roleName, sessionName, sessionPolicy };
}
