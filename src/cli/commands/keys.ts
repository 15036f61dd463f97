import type { Command } from 'commander';
import { createAccessKey } from '../../operations/ram/create-access-key.ts';
import { deleteAccessKey } from '../../operations/ram/delete-access-key.ts';
import { getAccessKeyLastUsed } from '../../operations/ram/get-access-key-last-used.ts';
import { listAccessKeys } from '../../operations/ram/list-access-keys.ts';
import { updateAccessKey } from '../../operations/ram/update-access-key.ts';
import { addApiCommand } from '../api-command.ts';
import type { Cli } from '../cli-context.ts';

const OWNER = { positional: ['UserName'] } as const;
const KEY = { positional: ['UserName', 'UserAccessKeyId'] } as const;

export function addKeys(program: Command, cli: Cli): void {
  const keys = program.command('keys').description('Access keys of users, and the master key of the server.');
  addApiCommand(keys, cli, {
    name: 'create',
    operation: createAccessKey,
    ...OWNER,
    text: { kind: 'fields', of: 'AccessKey' },
    hint: 'The secret is shown this once. Keep it where only its user can read it.',
  });
  addApiCommand(keys, cli, {
    name: 'list',
    operation: listAccessKeys,
    ...OWNER,
    text: { kind: 'table', of: ['AccessKeys', 'AccessKey'], columns: ['AccessKeyId', 'Status', 'CreateDate'] },
  });
  addApiCommand(keys, cli, {
    name: 'disable',
    summary: 'Disables an access key: its next request is refused.',
    operation: updateAccessKey,
    ...KEY,
    fixed: { Status: 'Inactive' },
    text: { kind: 'said', said: ({ UserAccessKeyId }) => `${UserAccessKeyId} signs no requests from now on.` },
  });
  addApiCommand(keys, cli, {
    name: 'enable',
    summary: 'Enables a disabled access key again.',
    operation: updateAccessKey,
    ...KEY,
    fixed: { Status: 'Active' },
    text: { kind: 'said', said: ({ UserAccessKeyId }) => `${UserAccessKeyId} signs requests again.` },
  });
  addApiCommand(keys, cli, {
    name: 'last-used',
    operation: getAccessKeyLastUsed,
    ...KEY,
    text: { kind: 'fields', of: 'AccessKeyLastUsed' },
  });
  addApiCommand(keys, cli, {
    name: 'delete',
    operation: deleteAccessKey,
    ...KEY,
    text: { kind: 'said', said: ({ UserAccessKeyId }) => `Deleted the key ${UserAccessKeyId}.` },
  });
}
