import type { Page, PageQuery, Role, RoleChange, RoleDraft, RoleStore } from '../../../auth/identities.ts';
import {
  alreadyExists,
  deleteConflict,
  DONE,
  done,
  notExist,
  type IdentityOutcome,
} from '../../../auth/identity-outcome.ts';
import { checkRole } from '../../../auth/identity-rules.ts';
import type { AccountId } from '../../../jobs/account.ts';
import { hasPolicies } from './attachment-rows.ts';
import type { IdentityDatabase } from './identity-database.ts';
import { listNamed, readNamed, type NamedRows } from './named-rows.ts';
import { newRoleId } from './random-ids.ts';
import { findRole, ROLE_COLUMNS } from './role-rows.ts';

const SHORTEST_LIMIT_SECONDS = 3600;

const INSERT =
  'INSERT INTO ram_role (id, account, name, description, trust_policy, max_session_seconds, created_at, updated_at) ' +
  `VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${ROLE_COLUMNS}`;
const UPDATE =
  'UPDATE ram_role SET description = ?, trust_policy = ?, max_session_seconds = ?, updated_at = ? WHERE id = ? ' +
  `RETURNING ${ROLE_COLUMNS}`;
const DELETE = 'DELETE FROM ram_role WHERE id = ?';
const ROLES: NamedRows<Role> = {
  noun: 'Role',
  find: findRole,
  list: `SELECT ${ROLE_COLUMNS} FROM ram_role WHERE account = ? AND name > ? ORDER BY name LIMIT ?`,
};

export class SqliteRoles implements RoleStore {
  readonly #database: IdentityDatabase;

  constructor(database: IdentityDatabase) {
    this.#database = database;
  }

  async create(account: AccountId, draft: RoleDraft): Promise<IdentityOutcome<Role>> {
    const { statements } = this.#database;
    return (
      checkRole(draft) ??
      this.#database.write(account, (now) => {
        const { name, trustPolicy, description = '', maxSessionSeconds = SHORTEST_LIMIT_SECONDS } = draft;
        if (findRole(statements, account, name) !== undefined) return alreadyExists('Role', name);
        const values = [newRoleId(), account, name, description, trustPolicy, maxSessionSeconds, now, now] as const;
        return done(statements.get(INSERT, ...values) as Role);
      })
    );
  }

  get(account: AccountId, name: string): Promise<IdentityOutcome<Role>> {
    return readNamed(this.#database, ROLES, account, name);
  }

  async update(account: AccountId, name: string, change: RoleChange): Promise<IdentityOutcome<Role>> {
    const { statements } = this.#database;
    return (
      checkRole(change) ??
      this.#database.write(account, (now) => {
        const before = findRole(statements, account, name);
        if (before === undefined) return notExist('Role', name);
        const description = change.description ?? before.description;
        const trustPolicy = change.trustPolicy ?? before.trustPolicy;
        const seconds = change.maxSessionSeconds ?? before.maxSessionSeconds;
        return done(statements.get(UPDATE, description, trustPolicy, seconds, now, before.id) as Role);
      })
    );
  }

  delete(account: AccountId, name: string): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, () => {
      const role = findRole(statements, account, name);
      if (role === undefined) return notExist('Role', name);
      if (hasPolicies(statements, role.id)) {
        return deleteConflict('Role.Policy', 'Policies are attached to the role. Detach them first.');
      }
      statements.run(DELETE, role.id);
      return DONE;
    });
  }

  list(account: AccountId, query: PageQuery): Promise<IdentityOutcome<Page<Role>>> {
    return listNamed(this.#database, ROLES, account, query);
  }
}
