import type { Policy, PolicyDraft } from '../../../auth/identities.ts';
import {
  alreadyExists,
  deleteConflict,
  DONE,
  done,
  type DeleteConflict,
  type IdentityOutcome,
} from '../../../auth/identity-outcome.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';
import { holdersOfPolicy } from './attachment-rows.ts';
import { findPolicy, policyNumbers } from './policy-rows.ts';
import { insertVersion, policyNotExist } from './policy-versions.ts';

const MOST_POLICIES = 1500;

const COUNT = 'SELECT count(*) AS count FROM ram_policy WHERE account = ?';
const INSERT =
  'INSERT INTO ram_policy (account, name, description, default_version, last_version, created_at, updated_at) ' +
  'VALUES (?, ?, ?, 1, 1, ?, ?) RETURNING number';
const DESCRIBE = 'UPDATE ram_policy SET description = ?, updated_at = ? WHERE account = ? AND name = ?';
const VERSIONS = 'SELECT count(*) AS count FROM ram_policy_version WHERE policy = ?';
const DELETE = 'DELETE FROM ram_policy WHERE number = ?';

export function createPolicy(
  statements: Statements,
  account: AccountId,
  { name, document, description = '' }: PolicyDraft,
  now: number,
): IdentityOutcome<Policy> {
  if (policyNumbers(statements, account, name) !== undefined) return alreadyExists('Policy', name);
  if ((statements.get(COUNT, account) as { count: number }).count >= MOST_POLICIES) {
    const message = `An account can have ${MOST_POLICIES} custom policies. Delete one first.`;
    return { kind: 'limit-exceeded', entity: 'Policy', message };
  }
  const { number } = statements.get(INSERT, account, name, description, now, now) as { number: number };
  insertVersion(statements, number, 1, document, now);
  const times = { createdAt: now, updatedAt: now };
  return done({ type: 'Custom', name, description, defaultVersion: 'v1', attachmentCount: 0, ...times });
}

export function describePolicy(
  statements: Statements,
  { account, name, description }: { account: AccountId; name: string; description: string },
  now: number,
): IdentityOutcome<Policy> {
  statements.run(DESCRIBE, description, now, account, name);
  const policy = findPolicy(statements, account, { type: 'Custom', name });
  return policy === undefined ? policyNotExist(name) : done(policy);
}

export function deletePolicy(statements: Statements, account: AccountId, name: string): IdentityOutcome {
  const policy = policyNumbers(statements, account, name);
  if (policy === undefined) return policyNotExist(name);
  const tie = attachmentOf(statements, account, name);
  if (tie !== undefined) {
    return deleteConflict(tie, 'The policy is attached. Detach it from its users, groups and roles first.');
  }
  if ((statements.get(VERSIONS, policy.number) as { count: number }).count > 1) {
    return deleteConflict(
      'Policy.Version',
      'The policy has other versions than the default one. Delete them first.',
    );
  }
  statements.run(DELETE, policy.number);
  return DONE;
}

function attachmentOf(statements: Statements, account: AccountId, name: string): DeleteConflict | undefined {
  const { users, groups, roles } = holdersOfPolicy(statements, account, { type: 'Custom', name });
  if (users.length > 0) return 'Policy.User';
  if (groups.length > 0) return 'Policy.Group';
  return roles.length > 0 ? 'Policy.Role' : undefined;
}
