import type { Caller } from '../auth/caller.ts';
import type { ConditionContext } from '../auth/policy/condition-context.ts';
import { principalArn } from '../auth/principal.ts';
import { wireTime } from '../base/wire-time.ts';
import type { HttpRequest } from './http-message.ts';

/** What the conditions of policies can ask about a request. `acs:MFAPresent` is absent: signed calls have no MFA. */
export function requestContext(
  { remoteAddress, secure }: Pick<HttpRequest, 'remoteAddress' | 'secure'>,
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
