import { wireTime } from '../base/wire-time.ts';
import type { Caller } from './caller.ts';
import type { ConditionContext } from './policy/condition-context.ts';
import { principalArn } from './principal.ts';

/** Whom a request came from, and whether over TLS. */
export type RequestOrigin = { readonly remoteAddress: string; readonly secure: boolean };

/** What the conditions of policies can ask about a request. `acs:MFAPresent` is absent: signed calls have no MFA. */
export function requestContext(
  { remoteAddress, secure }: RequestOrigin,
  caller: Caller,
  now: number,
): ConditionContext {
  return {
    'acs:CurrentTime': wireTime(now),
    'acs:SecureTransport': String(secure),
    'acs:SourceIp': plainAddress(remoteAddress),
    'acs:PrincipalARN': principalArn(caller),
  };
}

/** A socket that listens for both families writes an IPv4 client as `::ffff:192.0.2.1`. */
function plainAddress(address: string): string | undefined {
  return address === '' ? undefined : address.replace(/^::ffff:(?=\d+\.)/i, '');
}
