import type {
  AttachedPolicy,
  Group,
  Holder,
  PolicyHolders,
  PolicyRef,
  Role,
  User,
} from '../../../auth/identities.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';
import { findGroup, GROUP_COLUMNS } from './group-rows.ts';
import { joined } from './joined.ts';
import { findRole, ROLE_COLUMNS } from './role-rows.ts';
import { findUser, USER_COLUMNS } from './user-rows.ts';

/** A system policy has no row: its description is ''. */
const OF_HOLDER =
  "SELECT a.type, a.name, coalesce(p.description, '') AS description, " +
  "'v' || coalesce(p.default_version, 1) AS defaultVersion, a.attached_at AS attachedAt FROM ram_attachment a " +
  "LEFT JOIN ram_policy p ON a.type = 'Custom' AND p.account = a.account AND p.name = a.name " +
  'WHERE a.holder = ? ORDER BY a.type, a.name';
const COUNT = 'SELECT count(*) AS count FROM ram_attachment WHERE holder = ? AND type = ?';
const ANY = 'SELECT 1 FROM ram_attachment WHERE holder = ? LIMIT 1';
const IS_ATTACHED = 'SELECT 1 FROM ram_attachment WHERE holder = ? AND type = ? AND name = ?';
const INSERT = 'INSERT INTO ram_attachment (holder, type, name, account, attached_at) VALUES (?, ?, ?, ?, ?)';
const DELETE = 'DELETE FROM ram_attachment WHERE holder = ? AND type = ? AND name = ?';

/** The columns of the attachment are renamed, so that those of the holder are the only ones of their names. */
const ATTACHED =
  'WITH attached (holder, joinedAt) AS ' +
  '(SELECT holder, attached_at FROM ram_attachment WHERE account = ? AND type = ? AND name = ?) ';
const USERS = `${ATTACHED} SELECT ${USER_COLUMNS}, joinedAt FROM attached JOIN ram_user ON id = holder ORDER BY name`;
const GROUPS = `${ATTACHED} SELECT ${GROUP_COLUMNS}, joinedAt FROM attached JOIN ram_group ON id = holder ORDER BY name`;
const ROLES = `${ATTACHED} SELECT ${ROLE_COLUMNS}, joinedAt FROM attached JOIN ram_role ON id = holder ORDER BY name`;

/** The id of a user, group or role. */
export function holderId(statements: Statements, account: AccountId, { kind, name }: Holder): string | undefined {
  switch (kind) {
    case 'user':
      return findUser(statements, account, name)?.id;
    case 'group':
      return findGroup(statements, account, name)?.id;
    case 'role':
      return findRole(statements, account, name)?.id;
  }
}

export function policiesOfHolder(statements: Statements, holder: string): AttachedPolicy[] {
  return statements.all(OF_HOLDER, holder) as AttachedPolicy[];
}

export function hasPolicies(statements: Statements, holder: string): boolean {
  return statements.get(ANY, holder) !== undefined;
}

export function countPolicies(statements: Statements, holder: string, type: PolicyRef['type']): number {
  return (statements.get(COUNT, holder, type) as { count: number }).count;
}

export function isAttached(statements: Statements, holder: string, { type, name }: PolicyRef): boolean {
  return statements.get(IS_ATTACHED, holder, type, name) !== undefined;
}

export type Attachment = { readonly account: AccountId; readonly policy: PolicyRef; readonly holder: string };

export function addAttachment(statements: Statements, { account, policy, holder }: Attachment, now: number): void {
  statements.run(INSERT, holder, policy.type, policy.name, account, now);
}

/** Whether it was attached. */
export function removeAttachment(statements: Statements, holder: string, { type, name }: PolicyRef): boolean {
  return statements.run(DELETE, holder, type, name) > 0;
}

export function holdersOfPolicy(
  statements: Statements,
  account: AccountId,
  { type, name }: PolicyRef,
): PolicyHolders {
  return {
    users: joined<User>(statements.all(USERS, account, type, name)),
    groups: joined<Group>(statements.all(GROUPS, account, type, name)),
    roles: joined<Role>(statements.all(ROLES, account, type, name)),
  };
}
