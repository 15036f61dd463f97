import {
  compilePolicy,
  compileTrustPolicy,
  type CompiledPolicy,
  type CompiledTrustPolicy,
} from './compile-policy.ts';
import { evaluate } from './evaluate.ts';
import { parsePolicy, parseTrustPolicy, type ParsedPolicy, type ParsedTrustPolicy } from './parse-policy.ts';
import type { ConditionContext } from './condition-context.ts';
import { evaluateTrust } from './trust-allows.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyVerdict } from './verdict.ts';

/** The elements of one statement, as JSON. */
export type StatementJson = Readonly<Record<string, unknown>>;

export const ALLOW_ALL: StatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };

export function documentOf(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '1', Statement: statements });
}

export function policyOf(name: string, ...statements: readonly StatementJson[]): CompiledPolicy {
  const parsed = parsePolicy(documentOf(...statements));
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return compilePolicy(parsed.policy, name);
}

export function trustPolicyOf(...statements: readonly StatementJson[]): CompiledTrustPolicy {
  const parsed = parseTrustPolicy(documentOf(...statements));
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return compileTrustPolicy(parsed.policy, 'trust');
}

/** Whether a trust policy lets somebody of this account assume its role. */
export function trustAllows(
  policy: CompiledTrustPolicy,
  principalArn: string,
  account: string,
  context: ConditionContext = {},
): boolean {
  return evaluateTrust(policy, { principalArn, account, context }).kind === 'allowed';
}

/** What one policy of these statements says. */
export function ask(
  statements: readonly StatementJson[],
  action: string,
  resource = '*',
  context: ConditionContext = {},
): PolicyVerdict {
  return evaluate({ identity: [policyOf('policy', ...statements)] }, { action, resource, context });
}

/** Allowed, ImplicitDeny or ExplicitDeny. */
export function outcomeOf(verdict: PolicyVerdict): string {
  return verdict.kind === 'allowed' ? 'Allowed' : verdict.type;
}

export function problemsOf(parsed: ParsedPolicy | ParsedTrustPolicy): readonly PolicyProblem[] {
  return parsed.kind === 'invalid' ? parsed.problems : [];
}
