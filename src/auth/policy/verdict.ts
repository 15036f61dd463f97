/** The statement that decided, counted from 0 in its policy's Statement list. */
export type DecidingStatement = { readonly policyName: string; readonly statement: number };

/** Which layer refused, by the wire's own names (AccessDeniedDetail.PolicyType). */
export type RefusingLayer = 'AccountLevelIdentityBasedPolicy' | 'SessionPolicy' | 'AssumeRolePolicy';

/** What policies say about a request. An implicit deny is the absence of an allow, so no statement decided it. */
export type PolicyVerdict =
  | { readonly kind: 'allowed'; readonly by: DecidingStatement }
  | {
      readonly kind: 'denied';
      readonly type: 'ImplicitDeny' | 'ExplicitDeny';
      readonly policyType: RefusingLayer;
      readonly by?: DecidingStatement;
    };
