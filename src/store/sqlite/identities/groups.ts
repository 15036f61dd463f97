import type {
  Group,
  GroupChange,
  GroupDraft,
  GroupStore,
  Joined,
  Page,
  PageQuery,
  User,
} from '../../../auth/identities.ts';
import {
  alreadyExists,
  deleteConflict,
  DONE,
  done,
  notExist,
  quoted,
  type IdentityOutcome,
} from '../../../auth/identity-outcome.ts';
import { checkGroup } from '../../../auth/identity-rules.ts';
import type { AccountId } from '../../../jobs/account.ts';
import { hasPolicies } from './attachment-rows.ts';
import { findGroup, GROUP_COLUMNS } from './group-rows.ts';
import type { IdentityDatabase } from './identity-database.ts';
import { addMember, hasMembers, removeMember, usersOfGroup } from './memberships.ts';
import { listNamed, readNamed, type NamedRows } from './named-rows.ts';
import { pageByName } from './paging.ts';
import { newGroupId } from './random-ids.ts';
import { findUser } from './user-rows.ts';

const INSERT =
  'INSERT INTO ram_group (id, account, name, comments, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)';
const UPDATE = 'UPDATE ram_group SET name = ?, comments = ?, updated_at = ? WHERE id = ?';
const DELETE = 'DELETE FROM ram_group WHERE id = ?';
const GROUPS: NamedRows<Group> = {
  noun: 'Group',
  find: findGroup,
  list: `SELECT ${GROUP_COLUMNS} FROM ram_group WHERE account = ? AND name > ? ORDER BY name LIMIT ?`,
};

export class SqliteGroups implements GroupStore {
  readonly #database: IdentityDatabase;

  constructor(database: IdentityDatabase) {
    this.#database = database;
  }

  async create(account: AccountId, draft: GroupDraft): Promise<IdentityOutcome<Group>> {
    const { statements } = this.#database;
    return (
      checkGroup(draft) ??
      this.#database.write(account, (now) => {
        const { name, comments = '' } = draft;
        if (findGroup(statements, account, name) !== undefined) return alreadyExists('Group', name);
        const id = newGroupId();
        statements.run(INSERT, id, account, name, comments, now, now);
        return done({ id, name, comments, createdAt: now, updatedAt: now });
      })
    );
  }

  get(account: AccountId, name: string): Promise<IdentityOutcome<Group>> {
    return readNamed(this.#database, GROUPS, account, name);
  }

  async update(account: AccountId, name: string, change: GroupChange): Promise<IdentityOutcome<Group>> {
    const { statements } = this.#database;
    return (
      checkGroup(change) ??
      this.#database.write(account, (now) => {
        const before = findGroup(statements, account, name);
        if (before === undefined) return notExist('Group', name);
        const { name: newName = name, comments = before.comments } = change;
        if (newName !== name && findGroup(statements, account, newName) !== undefined) {
          return alreadyExists('Group', newName);
        }
        statements.run(UPDATE, newName, comments, now, before.id);
        return done({ ...before, name: newName, comments, updatedAt: now });
      })
    );
  }

  delete(account: AccountId, name: string): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, () => {
      const group = findGroup(statements, account, name);
      if (group === undefined) return notExist('Group', name);
      if (hasMembers(statements, group.id)) {
        return deleteConflict('Group.User', 'The group has members. Remove them first.');
      }
      if (hasPolicies(statements, group.id)) {
        return deleteConflict('Group.Policy', 'Policies are attached to the group. Detach them first.');
      }
      statements.run(DELETE, group.id);
      return DONE;
    });
  }

  list(account: AccountId, query: PageQuery): Promise<IdentityOutcome<Page<Group>>> {
    return listNamed(this.#database, GROUPS, account, query);
  }

  addUser(account: AccountId, name: string, userName: string): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, (now) => {
      const pair = this.#pair(account, name, userName);
      if (pair.kind !== 'done') return pair;
      if (addMember(statements, pair.value.groupId, pair.value.userId, now)) return DONE;
      const message = `The user ${quoted(userName)} is in the group ${quoted(name)} already.`;
      return { kind: 'entity-exists', entity: 'User.Group', message };
    });
  }

  removeUser(account: AccountId, name: string, userName: string): Promise<IdentityOutcome> {
    const { statements } = this.#database;
    return this.#database.write(account, () => {
      const pair = this.#pair(account, name, userName);
      if (pair.kind !== 'done') return pair;
      if (removeMember(statements, pair.value.groupId, pair.value.userId)) return DONE;
      const message = `The user ${quoted(userName)} is not in the group ${quoted(name)}.`;
      return { kind: 'entity-not-exist', entity: 'User.Group', message };
    });
  }

  usersOf(account: AccountId, name: string, query: PageQuery): Promise<IdentityOutcome<Page<Joined<User>>>> {
    const { statements } = this.#database;
    return this.#database.read(() => {
      const group = findGroup(statements, account, name);
      if (group === undefined) return notExist('Group', name);
      const fetch = (after: string, most: number): Joined<User>[] =>
        usersOfGroup(statements, group.id, after, most);
      return pageByName(query, fetch, ({ entity }) => entity.name);
    });
  }

  #pair(account: AccountId, name: string, userName: string): IdentityOutcome<{ groupId: string; userId: string }> {
    const group = findGroup(this.#database.statements, account, name);
    if (group === undefined) return notExist('Group', name);
    const user = findUser(this.#database.statements, account, userName);
    if (user === undefined) return notExist('User', userName);
    return done({ groupId: group.id, userId: user.id });
  }
}
