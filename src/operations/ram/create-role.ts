import { ROLE_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import {
  MAX_SESSION,
  newRoleFields,
  ROLE_DESCRIPTION,
  ROLE_NAME,
  roleAnswers,
  TRUST_POLICY,
} from './role-answer.ts';

export const createRole = ramOperation({
  action: 'CreateRole',
  summary: 'Creates a role, which those whom its trust policy names can assume for a session.',
  resources: [ROLE_ARN],
  parameters: {
    RoleName: ROLE_NAME,
    AssumeRolePolicyDocument: { ...TRUST_POLICY, required: true },
    Description: ROLE_DESCRIPTION,
    MaxSessionDuration: MAX_SESSION,
  },
  answers: [{ name: 'Role', type: 'object', description: 'The role.' }, ...roleAnswers('Role')],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.roles.create(caller.account, {
      name: values.RoleName,
      trustPolicy: values.AssumeRolePolicyDocument,
      description: values.Description,
      maxSessionSeconds: values.MaxSessionDuration,
    });
    return answerIdentity(outcome, (role) => ({ Role: newRoleFields(role) }));
  },
});
