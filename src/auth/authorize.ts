import type { Caller } from './caller.ts';
import type { AuthorizationRequest } from './policy/authorization-request.ts';
import { evaluate } from './policy/evaluate.ts';
import type { DecidingStatement, PolicyVerdict } from './policy/verdict.ts';
import type { PolicySource } from './policy-source.ts';
import type { GovernedCaller } from './principal.ts';
import { sessionPolicy } from './session-policy.ts';

/** A caller who may not do something, what it was, and what the policies said. */
export type Denial = {
  readonly caller: GovernedCaller;
  readonly request: AuthorizationRequest;
  readonly verdict: Extract<PolicyVerdict, { readonly kind: 'denied' }>;
};

export type Authorization =
  /** `by` is absent for the account itself, which needs no policy. */
  | { readonly kind: 'allowed'; readonly by?: DecidingStatement }
  | { readonly kind: 'denied'; readonly denial: Denial };

/**
 * Whether the caller may do this. The account itself may do everything; users and sessions may do what their
 * policies allow, a session no more than its own policy allows besides.
 */
export async function authorize(
  caller: Caller,
  request: AuthorizationRequest,
  policies: PolicySource,
): Promise<Authorization> {
  if (caller.kind === 'root') return { kind: 'allowed' };
  const identity = await policies.policiesOf(caller);
  const session = caller.kind === 'role-session' && caller.sessionPolicy !== '' ? caller.sessionPolicy : undefined;
  const verdict = evaluate(
    session === undefined ? { identity } : { identity, session: sessionPolicy(session) },
    request,
  );
  return verdict.kind === 'allowed' ? verdict : { kind: 'denied', denial: { caller, request, verdict } };
}
