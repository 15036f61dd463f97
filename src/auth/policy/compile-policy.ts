import type { ConditionContext } from './condition-context.ts';
import { CONDITION_OPERATORS } from './condition-operators.ts';
import type {
  ActionElement,
  Condition,
  PolicyDocument,
  Principals,
  TrustPolicyDocument,
} from './policy-document.ts';
import { compileArnPattern, splitArn, type ArnParts } from './resource-pattern.ts';
import { compileWildcards, type TextTest } from './wildcard.ts';

type CompiledStatement = {
  readonly allows: boolean;
  /** Whether the statement speaks of the action, which is in lower case. */
  readonly action: TextTest;
  readonly conditions: readonly ((context: ConditionContext) => boolean)[];
};

/** A policy made ready for many requests. */
export type CompiledPolicy = {
  readonly name: string;
  readonly statements: readonly (CompiledStatement & {
    /** Whether `*` is among the resources: the only one that operations without ARNs know. */
    readonly everyResource: boolean;
    /** One test for each ARN pattern; ARNs are in lower case. */
    readonly arns: readonly ((arn: ArnParts) => boolean)[];
  })[];
};

export type CompiledTrustPolicy = {
  readonly name: string;
  readonly statements: readonly (CompiledStatement & { readonly principals: Principals })[];
};

/** @param name what verdicts call the policy */
export function compilePolicy(policy: PolicyDocument, name: string): CompiledPolicy {
  const statements = policy.statements.map(({ effect, action, resources, conditions }) => ({
    allows: effect === 'Allow',
    action: compileAction(action),
    everyResource: resources.includes('*'),
    arns: resources
      .map((pattern) => splitArn(pattern.toLowerCase()))
      .filter((parts) => parts !== undefined)
      .map(compileArnPattern),
    conditions: conditions.map(compileCondition),
  }));
  return { name, statements };
}

/** @param name what verdicts call the policy: the role's name says most */
export function compileTrustPolicy(policy: TrustPolicyDocument, name: string): CompiledTrustPolicy {
  const statements = policy.statements.map(({ effect, action, principals, conditions }) => ({
    allows: effect === 'Allow',
    action: compileAction(action),
    principals,
    conditions: conditions.map(compileCondition),
  }));
  return { name, statements };
}

function compileAction({ kind, patterns }: ActionElement): TextTest {
  const isListed = compileWildcards(patterns.map((pattern) => pattern.toLowerCase()));
  return kind === 'listed' ? isListed : (action) => !isListed(action);
}

function compileCondition({ operator: name, key, values }: Condition): (context: ConditionContext) => boolean {
  const operator = CONDITION_OPERATORS.get(name);
  // Only parsed documents get here. An operator without a meaning must not become a condition that passes.
  if (operator === undefined) throw new Error(`The condition operator ${name} does not exist.`);
  const test = operator.compile(values);
  return (context) => {
    const actual = Object.hasOwn(context, key) ? context[key] : undefined;
    return actual === undefined ? operator.negated : test(actual);
  };
}
