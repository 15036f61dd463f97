import type { CompiledTrustPolicy } from './compile-policy.ts';
import type { ConditionContext } from './condition-context.ts';
import type { DecidingStatement, PolicyVerdict } from './verdict.ts';

const ASSUME_ROLE = 'sts:assumerole';

export type RoleAssumption = {
  /** `acs:ram::<account>:user/<name>` or `acs:ram::<account>:role/<role>/<session>`. */
  readonly principalArn: string;
  /** The account that the caller belongs to, which may be another than the role's. */
  readonly account: string;
  readonly context: ConditionContext;
};

/** What the trust policy of a role says about somebody who wants to assume it. Deny beats allow here too. */
export function evaluateTrust(policy: CompiledTrustPolicy, assumption: RoleAssumption): PolicyVerdict {
  const names = namesOf(assumption.principalArn, assumption.account);
  let allowedBy: DecidingStatement | undefined;
  for (const [statement, { allows, action, principals, conditions }] of policy.statements.entries()) {
    if (!action(ASSUME_ROLE) || !principals.ram.some((principal) => names.includes(principal))) continue;
    if (!conditions.every((test) => test(assumption.context))) continue;
    const by = { policyName: policy.name, statement };
    if (!allows) return { kind: 'denied', type: 'ExplicitDeny', policyType: 'AssumeRolePolicy', by };
    allowedBy ??= by;
  }
  return allowedBy === undefined
    ? { kind: 'denied', type: 'ImplicitDeny', policyType: 'AssumeRolePolicy' }
    : { kind: 'allowed', by: allowedBy };
}

/** By which principals a caller is meant: its account, itself, and for the session of a role the role. */
function namesOf(principalArn: string, account: string): readonly string[] {
  const names = [`acs:ram::${account}:root`, principalArn];
  const role = /^(acs:ram::\d+:)(?:role|assumed-role)\/([^/]+)\/[^/]+$/.exec(principalArn);
  return role ? [...names, `${role[1]}role/${role[2]}`] : names;
}
