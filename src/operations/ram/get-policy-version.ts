import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { POLICY_NAME, POLICY_TYPE, policyRef, VERSION_ID, versionAnswers, versionFields } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const getPolicyVersion = ramOperation({
  action: 'GetPolicyVersion',
  summary: 'Gets a version of a policy.',
  resources: [POLICY_ARN],
  parameters: { PolicyName: POLICY_NAME, PolicyType: POLICY_TYPE, VersionId: VERSION_ID },
  answers: [
    { name: 'PolicyVersion', type: 'object', description: 'The version.' },
    ...versionAnswers('PolicyVersion'),
  ],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.policies.getVersion(caller.account, policyRef(values), values.VersionId);
    return answerIdentity(outcome, (version) => ({ PolicyVersion: versionFields(version) }));
  },
});
