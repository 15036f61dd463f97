import { EVERY_POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { PAGE_FIELDS, PAGE_PARAMETERS, pageFields, pageQuery } from './page-answer.ts';
import { policyAnswers, policyFields } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const listPolicies = ramOperation({
  action: 'ListPolicies',
  summary: 'Lists policies, the custom ones of the account first.',
  resources: [EVERY_POLICY_ARN],
  parameters: {
    PolicyType: { kind: 'choice', allowed: ['System', 'Custom'], description: 'Only those of this type.' },
    ...PAGE_PARAMETERS,
  },
  answers: [
    { name: 'Policies.Policy', type: 'array', description: 'The policies of the page.' },
    ...policyAnswers('Policies.Policy[]'),
    ...PAGE_FIELDS,
  ],
  xmlItems: { Policy: 'Policy' },

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.policies.list(caller.account, values.PolicyType, pageQuery(values));
    return answerIdentity(outcome, (page) => ({
      Policies: { Policy: page.items.map(policyFields) },
      ...pageFields(page),
    }));
  },
});
