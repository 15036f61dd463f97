import { GROUP_ARN, USER_ARN } from './arn-template.ts';
import { GROUP_NAME } from './group-answer.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { USER_NAME } from './user-answer.ts';

export const removeUserFromGroup = ramOperation({
  action: 'RemoveUserFromGroup',
  summary: 'Ends the membership of a user in a group.',
  resources: [USER_ARN, GROUP_ARN],
  parameters: { UserName: USER_NAME, GroupName: GROUP_NAME },
  answers: [],

  async handle({ caller, values }, { identities }) {
    return answerIdentity(await identities.groups.removeUser(caller.account, values.GroupName, values.UserName));
  },
});
