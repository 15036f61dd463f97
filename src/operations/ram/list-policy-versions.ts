import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { POLICY_NAME, POLICY_TYPE, policyRef, versionAnswers, versionFields } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const listPolicyVersions = ramOperation({
  action: 'ListPolicyVersions',
  summary: 'Lists the versions of a policy, the oldest first.',
  resources: [POLICY_ARN],
  parameters: { PolicyName: POLICY_NAME, PolicyType: POLICY_TYPE },
  answers: [
    { name: 'PolicyVersions.PolicyVersion', type: 'array', description: 'The versions.' },
    ...versionAnswers('PolicyVersions.PolicyVersion[]'),
  ],
  xmlItems: { PolicyVersion: 'PolicyVersion' },

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.policies.versions(caller.account, policyRef(values));
    return answerIdentity(outcome, (versions) => ({
      PolicyVersions: { PolicyVersion: versions.map(versionFields) },
    }));
  },
});
