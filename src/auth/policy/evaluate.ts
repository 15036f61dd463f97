import type { AuthorizationRequest } from './authorization-request.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import { splitArn, type ArnParts } from './resource-pattern.ts';
import type { DecidingStatement, PolicyVerdict, RefusingLayer } from './verdict.ts';

/** The policies that speak for a caller. */
export type ApplicablePolicies = {
  /** Those attached to the user, its groups, or the role. */
  readonly identity: readonly CompiledPolicy[];
  /** What a session was cut down to when its role was assumed. */
  readonly session?: CompiledPolicy;
};

/**
 * What the policies say. A session policy that denies, or that does not allow, ends the matter; it grants nothing by
 * itself. Then an explicit deny of the identity's policies beats any allow, and without an allow nothing is allowed.
 * The order of policies, statements and values never changes the answer, at most which of several is named as `by`.
 */
export function evaluate(policies: ApplicablePolicies, request: AuthorizationRequest): PolicyVerdict {
  const asked = {
    action: request.action.toLowerCase(),
    arn: request.resource === '*' ? undefined : splitArn(request.resource.toLowerCase()),
    context: request.context,
  };
  if (policies.session !== undefined) {
    const verdict = decide([policies.session], asked, 'SessionPolicy');
    if (verdict.kind === 'denied') return verdict;
  }
  return decide(policies.identity, asked, 'AccountLevelIdentityBasedPolicy');
}

type Asked = {
  readonly action: string;
  /** Undefined: an operation that supports all resources only. */
  readonly arn: ArnParts | undefined;
  readonly context: AuthorizationRequest['context'];
};

function decide(policies: readonly CompiledPolicy[], asked: Asked, policyType: RefusingLayer): PolicyVerdict {
  let allowedBy: DecidingStatement | undefined;
  for (const policy of policies) {
    for (const [index, statement] of policy.statements.entries()) {
      if (statement.allows && allowedBy !== undefined) continue;
      if (!matches(statement, asked)) continue;
      const by = { policyName: policy.name, statement: index };
      if (!statement.allows) return { kind: 'denied', type: 'ExplicitDeny', policyType, by };
      allowedBy = by;
    }
  }
  return allowedBy === undefined
    ? { kind: 'denied', type: 'ImplicitDeny', policyType }
    : { kind: 'allowed', by: allowedBy };
}

function matches(statement: CompiledPolicy['statements'][number], { action, arn, context }: Asked): boolean {
  if (!statement.action(action)) return false;
  // Where an operation knows no ARNs, a statement about some of them has no effect, whether it allows or denies.
  if (!statement.everyResource && (arn === undefined || !statement.arns.some((test) => test(arn)))) return false;
  return statement.conditions.every((test) => test(context));
}
