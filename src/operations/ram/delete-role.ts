import { ROLE_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { ROLE_NAME } from './role-answer.ts';

export const deleteRole = ramOperation({
  action: 'DeleteRole',
  summary: 'Deletes a role that has no policies. Its sessions can do nothing from then on.',
  resources: [ROLE_ARN],
  parameters: { RoleName: ROLE_NAME },
  answers: [],

  async handle({ caller, values }, { identities }) {
    return answerIdentity(await identities.roles.delete(caller.account, values.RoleName));
  },
});
