import type { Role } from './identities.ts';
import { compileTrustPolicy } from './policy/compile-policy.ts';
import type { ConditionContext } from './policy/condition-context.ts';
import { parseTrustPolicy } from './policy/parse-policy.ts';
import { evaluateTrust } from './policy/trust-allows.ts';
import type { PolicyVerdict } from './policy/verdict.ts';
import { principalArn, type GovernedCaller } from './principal.ts';

/** What the trust policy of a role says about a caller who wants to assume it. */
export function trustVerdict(
  { name, trustPolicy }: Pick<Role, 'name' | 'trustPolicy'>,
  caller: GovernedCaller,
  context: ConditionContext,
): PolicyVerdict {
  const parsed = parseTrustPolicy(trustPolicy);
  if (parsed.kind === 'invalid') throw new Error(`The stored trust policy of the role ${name} is not valid.`);
  const arn = principalArn(caller);
  return evaluateTrust(compileTrustPolicy(parsed.policy, `Trust/${name}`), {
    principalArn: caller.kind === 'user' ? arn : `${arn}/${caller.sessionName}`,
    account: caller.account,
    context,
  });
}
