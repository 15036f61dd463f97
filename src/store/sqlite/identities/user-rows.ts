import type { User } from '../../../auth/identities.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';

/** A row with these columns is a User. */
export const USER_COLUMNS =
  'id, name, display_name AS displayName, email, mobile_phone AS mobilePhone, comments, ' +
  'created_at AS createdAt, updated_at AS updatedAt';

const BY_NAME = `SELECT ${USER_COLUMNS} FROM ram_user WHERE account = ? AND name = ?`;

export function findUser(statements: Statements, account: AccountId, name: string): User | undefined {
  return statements.get(BY_NAME, account, name) as User | undefined;
}
