import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { POLICY_DOCUMENT, POLICY_NAME, versionAnswers, versionFields } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

const ROTATE = 'DeleteOldestNonDefaultVersionWhenLimitExceeded';

export const createPolicyVersion = ramOperation({
  action: 'CreatePolicyVersion',
  summary: 'Adds a version to a custom policy, which can have five.',
  resources: [POLICY_ARN],
  parameters: {
    PolicyName: POLICY_NAME,
    PolicyDocument: POLICY_DOCUMENT,
    SetAsDefault: {
      kind: 'choice',
      allowed: ['true', 'false'],
      default: 'false',
      description: 'Whether it is the one that counts from now on.',
    },
    RotateStrategy: {
      kind: 'choice',
      allowed: ['None', ROTATE],
      default: 'None',
      description: 'Whether the oldest version that does not count makes room for a sixth.',
    },
  },
  answers: [
    { name: 'PolicyVersion', type: 'object', description: 'The version.' },
    ...versionAnswers('PolicyVersion'),
  ],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.policies.createVersion(caller.account, values.PolicyName, {
      document: values.PolicyDocument,
      setAsDefault: values.SetAsDefault === 'true',
      rotate: values.RotateStrategy === ROTATE,
    });
    return answerIdentity(outcome, (version) => ({ PolicyVersion: versionFields(version) }));
  },
});
