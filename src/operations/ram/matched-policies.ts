import type { DecidingStatement } from '../../auth/policy/verdict.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';

/**
 * The policy that decided, as the service lists it, and which of its statements did.
 * @param by absent where no statement spoke of the request
 */
export function matchedPolicies(
  effect: 'Allow' | 'Deny',
  by: DecidingStatement | undefined,
): readonly AnswerObject[] {
  if (by === undefined) return [];
  const [type = '', name = ''] = by.policyName.split('/');
  return [{ Effect: effect, PolicyIdentifier: name, PolicyType: type, Statement: by.statement }];
}

/** @param name of the array */
export function matchedPolicyAnswers(name: string): readonly AnswerField[] {
  return [
    { name, type: 'array', description: 'The policy that decided; empty where none speaks of the request.' },
    { name: `${name}[].Effect`, type: 'string', description: 'Allow or Deny.' },
    { name: `${name}[].PolicyIdentifier`, type: 'string', description: 'The name of the policy.' },
    {
      name: `${name}[].PolicyType`,
      type: 'string',
      description: 'System or Custom; ours: Session, or Trust, whose name is that of the role.',
    },
    {
      name: `${name}[].Statement`,
      type: 'number',
      additive: true,
      description: 'Which statement of it decided, counted from 0.',
    },
  ];
}
