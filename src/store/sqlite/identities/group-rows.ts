import type { Group } from '../../../auth/identities.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';

/** A row with these columns is a Group. */
export const GROUP_COLUMNS = 'id, name, comments, created_at AS createdAt, updated_at AS updatedAt';

const BY_NAME = `SELECT ${GROUP_COLUMNS} FROM ram_group WHERE account = ? AND name = ?`;

export function findGroup(statements: Statements, account: AccountId, name: string): Group | undefined {
  return statements.get(BY_NAME, account, name) as Group | undefined;
}
