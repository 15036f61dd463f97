import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { USER_NAME } from './user-answer.ts';

export const deleteUser = ramOperation({
  action: 'DeleteUser',
  summary: 'Deletes a user that has no access keys, no policies and is in no group.',
  resources: [USER_ARN],
  parameters: { UserName: USER_NAME },
  answers: [],

  async handle({ caller, values }, { identities }) {
    return answerIdentity(await identities.users.delete(caller.account, values.UserName));
  },
});
