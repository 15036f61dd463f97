import type { Command } from 'commander';
import { createRole } from '../../operations/ram/create-role.ts';
import { deleteRole } from '../../operations/ram/delete-role.ts';
import { getRole } from '../../operations/ram/get-role.ts';
import { listRoles } from '../../operations/ram/list-roles.ts';
import { updateRole } from '../../operations/ram/update-role.ts';
import { addApiCommand } from '../api-command.ts';
import type { Cli } from '../cli-context.ts';

const NAME = { positional: ['RoleName'] } as const;
const ROLE = { kind: 'fields', of: 'Role' } as const;

export function addRoles(program: Command, cli: Cli): void {
  const roles = program.command('roles').description('Roles, which users and roles assume for a session.');
  addApiCommand(roles, cli, {
    name: 'create',
    operation: createRole,
    ...NAME,
    files: ['AssumeRolePolicyDocument'],
    text: ROLE,
  });
  addApiCommand(roles, cli, {
    name: 'list',
    operation: listRoles,
    text: {
      kind: 'table',
      of: ['Roles', 'Role'],
      columns: ['RoleName', 'MaxSessionDuration', 'CreateDate', 'Arn', 'Description'],
    },
  });
  addApiCommand(roles, cli, { name: 'get', operation: getRole, ...NAME, text: ROLE });
  addApiCommand(roles, cli, {
    name: 'update',
    summary: 'Changes the description of a role, or how long sessions may last.',
    operation: updateRole,
    ...NAME,
    hidden: ['NewAssumeRolePolicyDocument'],
    text: ROLE,
  });
  addApiCommand(roles, cli, {
    name: 'trust',
    summary: 'Gives a role another trust policy: who may assume it.',
    operation: updateRole,
    ...NAME,
    files: ['NewAssumeRolePolicyDocument'],
    hidden: ['NewDescription', 'NewMaxSessionDuration'],
    text: ROLE,
  });
  addApiCommand(roles, cli, {
    name: 'delete',
    operation: deleteRole,
    ...NAME,
    text: { kind: 'said', said: ({ RoleName }) => `Deleted the role ${RoleName}.` },
  });
}
