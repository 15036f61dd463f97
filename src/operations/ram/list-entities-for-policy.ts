import type { PolicyHolders } from '../../auth/identities.ts';
import { wireTime } from '../../base/wire-time.ts';
import type { AnswerObject } from '../../gateway/operation.ts';
import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { POLICY_NAME, POLICY_TYPE, policyRef } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const listEntitiesForPolicy = ramOperation({
  action: 'ListEntitiesForPolicy',
  summary: 'Lists the users, groups and roles that a policy is attached to.',
  resources: [POLICY_ARN],
  parameters: { PolicyName: POLICY_NAME, PolicyType: POLICY_TYPE },
  answers: [
    { name: 'Users.User', type: 'array', description: '`{UserId, UserName, DisplayName, AttachDate}`.' },
    { name: 'Groups.Group', type: 'array', description: '`{GroupName, Comments, AttachDate}`.' },
    { name: 'Roles.Role', type: 'array', description: '`{RoleId, RoleName, Arn, Description, AttachDate}`.' },
  ],
  xmlItems: { User: 'User', Group: 'Group', Role: 'Role' },

  async handle({ caller, values }, { identities }) {
    return answerIdentity(await identities.policies.holdersOf(caller.account, policyRef(values)), holderFields);
  },
});

function holderFields({ users, groups, roles }: PolicyHolders): AnswerObject {
  return {
    Users: {
      User: users.map(({ entity: { id, name, displayName }, joinedAt }) => ({
        UserId: id,
        UserName: name,
        DisplayName: displayName,
        AttachDate: wireTime(joinedAt),
      })),
    },
    Groups: {
      Group: groups.map(({ entity: { name, comments }, joinedAt }) => ({
        GroupName: name,
        Comments: comments,
        AttachDate: wireTime(joinedAt),
      })),
    },
    Roles: {
      Role: roles.map(({ entity: { id, name, arn, description }, joinedAt }) => ({
        RoleId: id,
        RoleName: name,
        Arn: arn,
        Description: description,
        AttachDate: wireTime(joinedAt),
      })),
    },
  };
}
