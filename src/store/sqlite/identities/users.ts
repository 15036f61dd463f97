import type {
  Group,
  Joined,
  Page,
  PageQuery,
  User,
  UserChange,
  UserDraft,
  UserStore,
} from '../../../auth/identities.ts';
import {
  alreadyExists,
  deleteConflict,
  DONE,
  done,
  notExist,
  type IdentityOutcome,
  type IdentityRefusal,
} from '../../../auth/identity-outcome.ts';
import { checkUser } from '../../../auth/identity-rules.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { IdentityDatabase } from './identity-database.ts';
import { groupsOfUser } from './memberships.ts';
import { listNamed, readNamed, type NamedRows } from './named-rows.ts';
import { newUserId } from './random-ids.ts';
import { findUser, USER_COLUMNS } from './user-rows.ts';

const INSERT =
  'INSERT INTO ram_user (id, account, name, display_name, email, mobile_phone, comments, created_at, updated_at) ' +
  'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
const UPDATE =
  'UPDATE ram_user SET name = ?, display_name = ?, email = ?, mobile_phone = ?, comments = ?, updated_at = ? ' +
  'WHERE id = ?';
const DELETE = 'DELETE FROM ram_user WHERE id = ?';
const USERS: NamedRows<User> = {
  noun: 'User',
  find: findUser,
  list: `SELECT ${USER_COLUMNS} FROM ram_user WHERE account = ? AND name > ? ORDER BY name LIMIT ?`,
};
const TIES =
  'SELECT EXISTS (SELECT 1 FROM access_key WHERE user_id = ?) AS keys, ' +
  'EXISTS (SELECT 1 FROM ram_membership WHERE user_id = ?) AS groups, ' +
  'EXISTS (SELECT 1 FROM ram_attachment WHERE holder = ?) AS policies';

type Ties = { readonly keys: number; readonly groups: number; readonly policies: number };

export class SqliteUsers implements UserStore {
  readonly #database: IdentityDatabase;

  constructor(database: IdentityDatabase) {
    this.#database = database;
  }

  async create(account: AccountId, draft: UserDraft): Promise<IdentityOutcome<User>> {
    const { statements } = this.#database;
    return (
      checkUser(draft) ??
      this.#database.write(account, (now) => {
        if (findUser(statements, account, draft.name) !== undefined) return alreadyExists('User', draft.name);
        const { name, displayName = '', email = '', mobilePhone = '', comments = '' } = draft;
        const id = newUserId();
        statements.run(INSERT, id, account, name, displayName, email, mobilePhone, comments, now, now);
        return done({ id, name, displayName, email, mobilePhone, comments, createdAt: now, updatedAt: now });
      })
    );
  }

  get(account: AccountId, name: string): Promise<IdentityOutcome<User>> {
    return readNamed(this.#database, USERS, account, name);
  }

  async update(account: AccountId, name: string, change: UserChange): Promise<IdentityOutcome<User>> {
    const { statements } = this.#database;
    return (
      checkUser(change) ??
      this.#database.write(account, (now) => {
        const before = findUser(statements, account, name);
        if (before === undefined) return notExist('User', name);
        const user = changed(before, change, now);
        if (user.name !== name && findUser(statements, account, user.name) !== undefined) {
          return alreadyExists('User', user.name);
        }
        const { displayName, email, mobilePhone, comments } = user;
        statements.run(UPDATE, user.name, displayName, email, mobilePhone, comments, now, user.id);
        return done(user);
      })
    );
  }

  delete(account: AccountId, name: string): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, () => {
      const user = findUser(statements, account, name);
      if (user === undefined) return notExist('User', name);
      const tied = tiesOf(statements.get(TIES, user.id, user.id, user.id) as Ties);
      if (tied !== undefined) return tied;
      statements.run(DELETE, user.id);
      return DONE;
    });
  }

  list(account: AccountId, query: PageQuery): Promise<IdentityOutcome<Page<User>>> {
    return listNamed(this.#database, USERS, account, query);
  }

  groupsOf(account: AccountId, name: string): Promise<IdentityOutcome<readonly Joined<Group>[]>> {
    const { statements } = this.#database;
    return this.#database.read(() => {
      const user = findUser(statements, account, name);
      return user === undefined ? notExist('User', name) : done(groupsOfUser(statements, user.id));
    });
  }
}

function changed(before: User, change: UserChange, now: number): User {
  return {
    ...before,
    name: change.name ?? before.name,
    displayName: change.displayName ?? before.displayName,
    email: change.email ?? before.email,
    mobilePhone: change.mobilePhone ?? before.mobilePhone,
    comments: change.comments ?? before.comments,
    updatedAt: now,
  };
}

function tiesOf({ keys, groups, policies }: Ties): IdentityRefusal | undefined {
  if (keys) return deleteConflict('User.AccessKey', 'The user has access keys. Delete them first.');
  if (groups) return deleteConflict('User.Group', 'The user is in a group. Remove the user from its groups first.');
  if (policies) return deleteConflict('User.Policy', 'Policies are attached to the user. Detach them first.');
  return undefined;
}
