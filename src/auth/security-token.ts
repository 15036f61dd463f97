import type { KeyObject } from 'node:crypto';
import type { AccountId } from '../jobs/account.ts';
import { open, seal } from './seal.ts';

/** Ids of temporary keys begin so; they are good only together with their token. */
export const TEMPORARY_KEY_PREFIX = 'STS.';

/** What a role session is: everything that the server has to know of it, for nothing is stored. */
export type SessionGrant = {
  readonly accessKeyId: string;
  /** Never logged, never part of an answer but the one that begins the session. */
  readonly secret: string;
  readonly account: AccountId;
  readonly roleId: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** The policy that cuts the session down, as JSON; '' for none. */
  readonly sessionPolicy: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

const CONTEXT = 'security-token';

/**
 * The SecurityToken of a session: the session itself, encrypted and authenticated. Every node that has the key can
 * open it, and there is no list of sessions to keep or to lose.
 */
export function sealSecurityToken(key: KeyObject, grant: SessionGrant): string {
  return seal(key, CONTEXT, JSON.stringify(grant));
}

/** The session, expired or not; undefined where the token is damaged, or was never given by this server. */
export function openSecurityToken(key: KeyObject, token: string): SessionGrant | undefined {
  const text = open(key, CONTEXT, token);
  return text === undefined ? undefined : (JSON.parse(text) as SessionGrant);
}
