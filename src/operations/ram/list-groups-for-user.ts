import { wireTime } from '../../base/wire-time.ts';
import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { USER_NAME } from './user-answer.ts';

export const listGroupsForUser = ramOperation({
  action: 'ListGroupsForUser',
  summary: 'Lists the groups that a user is in.',
  resources: [USER_ARN],
  parameters: { UserName: USER_NAME },
  answers: [
    { name: 'Groups.Group', type: 'array', description: 'The groups.' },
    { name: 'Groups.Group[].GroupId', type: 'string', description: '`g-` and 16 letters and digits.' },
    { name: 'Groups.Group[].GroupName', type: 'string', description: 'The name.' },
    { name: 'Groups.Group[].Comments', type: 'string', description: 'As given.' },
    { name: 'Groups.Group[].JoinDate', type: 'string', description: 'UTC, when the user became a member.' },
  ],
  xmlItems: { Group: 'Group' },

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.users.groupsOf(caller.account, values.UserName);
    return answerIdentity(outcome, (groups) => ({
      Groups: {
        Group: groups.map(({ entity: { id, name, comments }, joinedAt }) => ({
          GroupId: id,
          GroupName: name,
          Comments: comments,
          JoinDate: wireTime(joinedAt),
        })),
      },
    }));
  },
});
