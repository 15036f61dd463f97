import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { newPolicyAnswers, newPolicyFields, POLICY_DOCUMENT, POLICY_NAME } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const createPolicy = ramOperation({
  action: 'CreatePolicy',
  summary: 'Creates a custom policy, with this document as its first version.',
  resources: [POLICY_ARN],
  parameters: {
    PolicyName: POLICY_NAME,
    PolicyDocument: POLICY_DOCUMENT,
    Description: { kind: 'text', description: 'At most 1024 characters.' },
  },
  answers: [{ name: 'Policy', type: 'object', description: 'The policy.' }, ...newPolicyAnswers('Policy')],

  async handle({ caller, values }, { identities }) {
    const { PolicyName: name, PolicyDocument: document, Description: description } = values;
    const outcome = await identities.policies.create(caller.account, { name, document, description });
    return answerIdentity(outcome, (policy) => ({ Policy: newPolicyFields(policy) }));
  },
});
