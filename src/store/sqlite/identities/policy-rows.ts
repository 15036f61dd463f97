import type { Policy, PolicyRef } from '../../../auth/identities.ts';
import { SYSTEM_POLICIES_SINCE, systemPolicy, type SystemPolicy } from '../../../auth/system-policies.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';

/** A row with these columns is a Policy. */
export const POLICY_COLUMNS =
  "'Custom' AS type, name, description, 'v' || default_version AS defaultVersion, (SELECT count(*) " +
  "FROM ram_attachment a WHERE a.account = p.account AND a.type = 'Custom' AND a.name = p.name) AS attachmentCount, " +
  'created_at AS createdAt, updated_at AS updatedAt';

const BY_NAME = `SELECT ${POLICY_COLUMNS} FROM ram_policy p WHERE account = ? AND name = ?`;
const NUMBERS =
  'SELECT number, default_version AS defaultVersion, last_version AS lastVersion FROM ram_policy ' +
  'WHERE account = ? AND name = ?';
const SYSTEM_ATTACHMENTS =
  "SELECT count(*) AS count FROM ram_attachment WHERE account = ? AND type = 'System' AND name = ?";

export function findPolicy(
  statements: Statements,
  account: AccountId,
  { type, name }: PolicyRef,
): Policy | undefined {
  if (type === 'Custom') return statements.get(BY_NAME, account, name) as Policy | undefined;
  const policy = systemPolicy(name);
  return policy && systemPolicyOf(statements, account, policy);
}

/** A system policy as an account sees it. */
export function systemPolicyOf(statements: Statements, account: AccountId, policy: SystemPolicy): Policy {
  const { count } = statements.get(SYSTEM_ATTACHMENTS, account, policy.name) as { count: number };
  return {
    type: 'System',
    name: policy.name,
    description: policy.description,
    defaultVersion: 'v1',
    attachmentCount: count,
    createdAt: SYSTEM_POLICIES_SINCE,
    updatedAt: SYSTEM_POLICIES_SINCE,
  };
}

/** What the versions of a custom policy hang on. */
export type PolicyNumbers = {
  readonly number: number;
  readonly defaultVersion: number;
  readonly lastVersion: number;
};

export function policyNumbers(statements: Statements, account: AccountId, name: string): PolicyNumbers | undefined {
  return statements.get(NUMBERS, account, name) as PolicyNumbers | undefined;
}
