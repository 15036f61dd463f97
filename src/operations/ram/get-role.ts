import { ROLE_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { ROLE_NAME, roleAnswers, roleFields } from './role-answer.ts';

export const getRole = ramOperation({
  action: 'GetRole',
  summary: 'Gets a role with its trust policy.',
  resources: [ROLE_ARN],
  parameters: { RoleName: ROLE_NAME },
  answers: [{ name: 'Role', type: 'object', description: 'The role.' }, ...roleAnswers('Role')],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.roles.get(caller.account, values.RoleName);
    return answerIdentity(outcome, (role) => ({ Role: roleFields(role) }));
  },
});
