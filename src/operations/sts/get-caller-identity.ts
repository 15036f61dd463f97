import type { Caller } from '../../auth/caller.ts';
import { principalArn } from '../../auth/principal.ts';
import { answer, type AnswerObject } from '../../gateway/operation.ts';
import { operation } from '../services.ts';

export const getCallerIdentity = operation({
  product: 'sts',
  action: 'GetCallerIdentity',
  summary: 'Says whom the server takes the caller for. Every identity may call it.',
  ramAction: 'sts:GetCallerIdentity',
  openToAll: true,
  parameters: {},
  answers: [
    { name: 'IdentityType', type: 'string', description: 'Account, RAMUser or AssumedRoleUser.' },
    { name: 'AccountId', type: 'string', description: 'The account, 16 digits.' },
    {
      name: 'Arn',
      type: 'string',
      description:
        '`acs:ram::<account>:root`, `acs:ram::<account>:user/<name>` or `acs:ram::<account>:assumed-role/<role>/<session>`.',
    },
    {
      name: 'PrincipalId',
      type: 'string',
      description: 'The account, the id of the user, or `<role id>:<session>`.',
    },
    { name: 'UserId', type: 'string', description: 'Of a user its id, of the account the account.' },
    { name: 'RoleId', type: 'string', description: 'Of a session the id of its role.' },
  ],

  async handle({ caller }) {
    return answer({ AccountId: caller.account, ...identityOf(caller) });
  },
});

function identityOf(caller: Caller): AnswerObject {
  switch (caller.kind) {
    case 'root':
      return {
        IdentityType: 'Account',
        Arn: principalArn(caller),
        PrincipalId: caller.account,
        UserId: caller.account,
      };
    case 'user':
      return {
        IdentityType: 'RAMUser',
        Arn: principalArn(caller),
        PrincipalId: caller.userId,
        UserId: caller.userId,
      };
    case 'role-session':
      return {
        IdentityType: 'AssumedRoleUser',
        Arn: `acs:ram::${caller.account}:assumed-role/${caller.roleName}/${caller.sessionName}`,
        PrincipalId: `${caller.roleId}:${caller.sessionName}`,
        RoleId: caller.roleId,
      };
  }
}
