/** What a statement does to the requests that it matches. */
export type Effect = 'Allow' | 'Deny';

/** `listed`: Action, the patterns themselves. `unlisted`: NotAction, everything but them. */
export type ActionElement = { readonly kind: 'listed' | 'unlisted'; readonly patterns: readonly string[] };

/** One key under one operator of a Condition element. */
export type Condition = {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
};

/** A statement of a policy of identities: what it says about operations on resources. */
export type Statement = {
  readonly effect: Effect;
  readonly action: ActionElement;
  /** `*`, or patterns of ARNs. */
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
};

/** Who a trust policy speaks of: ARNs of accounts (`…:root`), users and roles, and names of services. */
export type Principals = { readonly ram: readonly string[]; readonly services: readonly string[] };

/** A statement of the trust policy of a role: what it says about who may assume the role. */
export type TrustStatement = {
  readonly effect: Effect;
  readonly principals: Principals;
  readonly action: ActionElement;
  readonly conditions: readonly Condition[];
};

/** A valid policy of users, groups, roles (identity policy), or of one session (session policy). */
export type PolicyDocument = { readonly statements: readonly Statement[] };

/** A valid trust policy of a role. */
export type TrustPolicyDocument = { readonly statements: readonly TrustStatement[] };
