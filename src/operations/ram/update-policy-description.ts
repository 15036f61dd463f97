import { wireTime } from '../../base/wire-time.ts';
import { POLICY_ARN } from './arn-template.ts';
import { answerChange } from './identity-answer.ts';
import { newPolicyAnswers, newPolicyFields, POLICY_NAME } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const updatePolicyDescription = ramOperation({
  action: 'UpdatePolicyDescription',
  summary: 'Describes a custom policy anew.',
  resources: [POLICY_ARN],
  parameters: {
    PolicyName: POLICY_NAME,
    NewDescription: { kind: 'text', description: 'At most 1024 characters.' },
  },
  answers: [
    { name: 'Policy', type: 'object', description: 'The policy.' },
    ...newPolicyAnswers('Policy'),
    { name: 'Policy.UpdateDate', type: 'string', description: 'UTC.' },
  ],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.policies.describe(caller.account, values.PolicyName, values.NewDescription);
    return answerChange(outcome, (policy) => ({
      Policy: { ...newPolicyFields(policy), UpdateDate: wireTime(policy.updatedAt) },
    }));
  },
});
