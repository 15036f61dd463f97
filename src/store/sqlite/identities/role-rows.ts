import type { Role } from '../../../auth/identities.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';

/** A row with these columns is a Role. */
export const ROLE_COLUMNS =
  "id, name, 'acs:ram::' || account || ':role/' || name AS arn, description, trust_policy AS trustPolicy, " +
  'max_session_seconds AS maxSessionSeconds, created_at AS createdAt, updated_at AS updatedAt';

const BY_NAME = `SELECT ${ROLE_COLUMNS} FROM ram_role WHERE account = ? AND name = ?`;

export function findRole(statements: Statements, account: AccountId, name: string): Role | undefined {
  return statements.get(BY_NAME, account, name) as Role | undefined;
}
