import { wireTime } from '../../base/wire-time.ts';
import { GROUP_ARN } from './arn-template.ts';
import { GROUP_NAME } from './group-answer.ts';
import { answerIdentity } from './identity-answer.ts';
import { PAGE_FIELDS, PAGE_PARAMETERS, pageFields, pageQuery } from './page-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const listUsersForGroup = ramOperation({
  action: 'ListUsersForGroup',
  summary: 'Lists the users of a group by name.',
  resources: [GROUP_ARN],
  parameters: { GroupName: GROUP_NAME, ...PAGE_PARAMETERS },
  answers: [
    { name: 'Users.User', type: 'array', description: 'The users of the page.' },
    { name: 'Users.User[].UserName', type: 'string', description: 'The name.' },
    { name: 'Users.User[].DisplayName', type: 'string', description: 'As given.' },
    { name: 'Users.User[].JoinDate', type: 'string', description: 'UTC, when it became a member.' },
    ...PAGE_FIELDS,
  ],
  xmlItems: { User: 'User' },

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.groups.usersOf(caller.account, values.GroupName, pageQuery(values));
    return answerIdentity(outcome, (page) => ({
      Users: {
        User: page.items.map(({ entity: { name, displayName }, joinedAt }) => ({
          UserName: name,
          DisplayName: displayName,
          JoinDate: wireTime(joinedAt),
        })),
      },
      ...pageFields(page),
    }));
  },
});
