import type { Command } from 'commander';
import { createPolicyVersion } from '../../operations/ram/create-policy-version.ts';
import { createPolicy } from '../../operations/ram/create-policy.ts';
import { deletePolicy } from '../../operations/ram/delete-policy.ts';
import { listPolicies } from '../../operations/ram/list-policies.ts';
import { addApiCommand } from '../api-command.ts';
import type { Cli } from '../cli-context.ts';
import { addPolicyAttachments } from './policy-attachments.ts';
import { addPolicyDecisions } from './policy-decisions.ts';

const DOCUMENT = { positional: ['PolicyName'], files: ['PolicyDocument'] } as const;

export function addPolicies(program: Command, cli: Cli): void {
  const policies = program.command('policies').description('Policies: what users, groups and roles may do.');
  addApiCommand(policies, cli, {
    name: 'create',
    operation: createPolicy,
    ...DOCUMENT,
    text: { kind: 'fields', of: 'Policy' },
  });
  addApiCommand(policies, cli, {
    name: 'update',
    summary: 'Gives a custom policy another document, as the version that counts. The last five are kept.',
    operation: createPolicyVersion,
    ...DOCUMENT,
    fixed: { SetAsDefault: 'true', RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded' },
    text: { kind: 'fields', of: 'PolicyVersion' },
    hint: 'This version counts from now on.',
  });
  addApiCommand(policies, cli, {
    name: 'list',
    operation: listPolicies,
    text: {
      kind: 'table',
      of: ['Policies', 'Policy'],
      columns: ['PolicyType', 'PolicyName', 'DefaultVersion', 'AttachmentCount', 'Description'],
    },
  });
  addApiCommand(policies, cli, {
    name: 'delete',
    summary: 'Deletes a custom policy that is attached to nobody, with all its versions.',
    operation: deletePolicy,
    positional: ['PolicyName'],
    fixed: { CascadingDelete: 'true' },
    text: { kind: 'said', said: ({ PolicyName }) => `Deleted the policy ${PolicyName}.` },
  });
  addPolicyAttachments(policies, cli);
  addPolicyDecisions(policies, cli);
}
