import type { Command } from 'commander';
import { addUserToGroup } from '../../operations/ram/add-user-to-group.ts';
import { createGroup } from '../../operations/ram/create-group.ts';
import { deleteGroup } from '../../operations/ram/delete-group.ts';
import { getGroup } from '../../operations/ram/get-group.ts';
import { listGroups } from '../../operations/ram/list-groups.ts';
import { listUsersForGroup } from '../../operations/ram/list-users-for-group.ts';
import { removeUserFromGroup } from '../../operations/ram/remove-user-from-group.ts';
import { updateGroup } from '../../operations/ram/update-group.ts';
import { addApiCommand } from '../api-command.ts';
import type { Cli } from '../cli-context.ts';

const NAME = { positional: ['GroupName'] } as const;
const BOTH = { positional: ['GroupName', 'UserName'] } as const;
const GROUP = { kind: 'fields', of: 'Group' } as const;

export function addGroups(program: Command, cli: Cli): void {
  const groups = program.command('groups').description('Groups of users, whose policies count for each of them.');
  addApiCommand(groups, cli, { name: 'create', operation: createGroup, ...NAME, text: GROUP });
  addApiCommand(groups, cli, {
    name: 'list',
    operation: listGroups,
    text: { kind: 'table', of: ['Groups', 'Group'], columns: ['GroupName', 'CreateDate', 'Comments'] },
  });
  addApiCommand(groups, cli, { name: 'get', operation: getGroup, ...NAME, text: GROUP });
  addApiCommand(groups, cli, { name: 'update', operation: updateGroup, ...NAME, text: GROUP });
  addApiCommand(groups, cli, {
    name: 'users',
    operation: listUsersForGroup,
    ...NAME,
    text: { kind: 'table', of: ['Users', 'User'], columns: ['UserName', 'JoinDate', 'DisplayName'] },
  });
  addApiCommand(groups, cli, {
    name: 'add',
    operation: addUserToGroup,
    ...BOTH,
    text: { kind: 'said', said: ({ GroupName, UserName }) => `${UserName} is in ${GroupName} now.` },
  });
  addApiCommand(groups, cli, {
    name: 'remove',
    operation: removeUserFromGroup,
    ...BOTH,
    text: { kind: 'said', said: ({ GroupName, UserName }) => `${UserName} is no longer in ${GroupName}.` },
  });
  addApiCommand(groups, cli, {
    name: 'delete',
    operation: deleteGroup,
    ...NAME,
    text: { kind: 'said', said: ({ GroupName }) => `Deleted the group ${GroupName}.` },
  });
}
