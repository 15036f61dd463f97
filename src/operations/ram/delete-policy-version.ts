import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { POLICY_NAME, VERSION_ID } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const deletePolicyVersion = ramOperation({
  action: 'DeletePolicyVersion',
  summary: 'Deletes a version of a custom policy, but not the one that counts.',
  resources: [POLICY_ARN],
  parameters: { PolicyName: POLICY_NAME, VersionId: VERSION_ID },
  answers: [],

  async handle({ caller, values }, { identities }) {
    const { PolicyName: name, VersionId: version } = values;
    return answerIdentity(await identities.policies.deleteVersion(caller.account, name, version));
  },
});
