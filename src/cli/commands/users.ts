import type { Command } from 'commander';
import { createUser } from '../../operations/ram/create-user.ts';
import { deleteUser } from '../../operations/ram/delete-user.ts';
import { getUser } from '../../operations/ram/get-user.ts';
import { listGroupsForUser } from '../../operations/ram/list-groups-for-user.ts';
import { listUsers } from '../../operations/ram/list-users.ts';
import { updateUser } from '../../operations/ram/update-user.ts';
import { addApiCommand } from '../api-command.ts';
import type { Cli } from '../cli-context.ts';

const NAME = { positional: ['UserName'] } as const;
const USER = { kind: 'fields', of: 'User' } as const;

export function addUsers(program: Command, cli: Cli): void {
  const users = program.command('users').description('Users of the account, who sign with keys of their own.');
  addApiCommand(users, cli, { name: 'create', operation: createUser, ...NAME, text: USER });
  addApiCommand(users, cli, {
    name: 'list',
    operation: listUsers,
    text: { kind: 'table', of: ['Users', 'User'], columns: ['UserName', 'UserId', 'CreateDate', 'DisplayName'] },
  });
  addApiCommand(users, cli, { name: 'get', operation: getUser, ...NAME, text: USER });
  addApiCommand(users, cli, { name: 'update', operation: updateUser, ...NAME, text: USER });
  addApiCommand(users, cli, {
    name: 'groups',
    operation: listGroupsForUser,
    ...NAME,
    text: { kind: 'table', of: ['Groups', 'Group'], columns: ['GroupName', 'JoinDate', 'Comments'] },
  });
  addApiCommand(users, cli, {
    name: 'delete',
    operation: deleteUser,
    ...NAME,
    text: { kind: 'said', said: ({ UserName }) => `Deleted the user ${UserName}.` },
  });
}
