import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity, refuseIdentity } from './identity-answer.ts';
import {
  POLICY_NAME,
  POLICY_TYPE,
  policyAnswers,
  policyFields,
  policyRef,
  versionAnswers,
  versionFields,
} from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const getPolicy = ramOperation({
  action: 'GetPolicy',
  summary: 'Gets a policy with its default version.',
  resources: [POLICY_ARN],
  parameters: { PolicyName: POLICY_NAME, PolicyType: POLICY_TYPE },
  answers: [
    { name: 'Policy', type: 'object', description: 'The policy.' },
    ...policyAnswers('Policy'),
    { name: 'Policy.PolicyDocument', type: 'string', description: 'That of the default version.' },
    { name: 'DefaultPolicyVersion', type: 'object', description: 'The version that counts.' },
    ...versionAnswers('DefaultPolicyVersion'),
  ],

  async handle({ caller, values }, { identities }) {
    const ref = policyRef(values);
    const found = await identities.policies.get(caller.account, ref);
    if (found.kind !== 'done') return refuseIdentity(found);
    const version = await identities.policies.getVersion(caller.account, ref, found.value.defaultVersion);
    return answerIdentity(version, (current) => ({
      Policy: { ...policyFields(found.value), PolicyDocument: current.document },
      DefaultPolicyVersion: versionFields(current),
    }));
  },
});
