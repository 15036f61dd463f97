import { assertNever } from '../base/assert-never.ts';
import type { Caller } from './caller.ts';

/** What a refused caller is told beside code and message, by the wire's own names and words. */
export type AccessDeniedDetail = {
  readonly PolicyType:
    | 'AccountLevelIdentityBasedPolicy'
    | 'ResourceGroupLevelIdentityBasedPolicy'
    | 'SessionPolicy'
    | 'ControlPolicy'
    | 'AssumeRolePolicy';
  /** The account that the caller belongs to. */
  readonly AuthPrincipalOwnerId: string;
  readonly AuthPrincipalType: 'SubUser' | 'AssumedRoleUser' | 'Federated';
  readonly AuthPrincipalDisplayName: string;
  /** Implicit: no policy allows it. Explicit: a policy denies it. */
  readonly NoPermissionType: 'ImplicitDeny' | 'ExplicitDeny';
  readonly AuthAction: string;
};

export type Authorization =
  { readonly kind: 'allowed' } | { readonly kind: 'denied'; readonly detail: AccessDeniedDetail };

const ALLOWED: Authorization = { kind: 'allowed' };

/** Whether the caller may do this. A kind of caller that is not decided here does not compile. */
export function authorize(caller: Caller, _action: `ice:${string}`): Authorization {
  switch (caller.kind) {
    case 'root':
      return ALLOWED;
    default:
      return assertNever(caller.kind);
  }
}
