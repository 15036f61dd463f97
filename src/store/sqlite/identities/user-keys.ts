import type { CreatedKey, KeyStatus, ListedKey, UserKeyStore } from '../../../auth/identities.ts';
import { DONE, done, notExist, quoted, type IdentityOutcome } from '../../../auth/identity-outcome.ts';
import { newAccessKey } from '../../../auth/new-access-key.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { KeySecrets } from '../key-secrets.ts';
import type { KeyUses } from '../key-uses.ts';
import type { IdentityDatabase } from './identity-database.ts';
import { findUser } from './user-rows.ts';

/** So that a key can be rotated: the new one is made before the old one goes. */
const MOST_KEYS = 2;

const INSERT =
  'INSERT INTO access_key (id, account, user_id, status, secret_sealed, created_at) ' +
  "VALUES (?, ?, ?, 'Active', ?, ?)";
const LIST = 'SELECT id, status, created_at AS createdAt FROM access_key WHERE user_id = ? ORDER BY created_at, id';
const LAST_USED = 'SELECT last_used_at AS lastUsedAt FROM access_key WHERE user_id = ? AND id = ?';
const SET_STATUS = 'UPDATE access_key SET status = ? WHERE user_id = ? AND id = ?';
const DELETE = 'DELETE FROM access_key WHERE user_id = ? AND id = ?';

export class SqliteUserKeys implements UserKeyStore {
  readonly #database: IdentityDatabase;
  readonly #secrets: KeySecrets;
  readonly #uses: KeyUses;

  constructor(database: IdentityDatabase, secrets: KeySecrets, uses: KeyUses) {
    this.#database = database;
    this.#secrets = secrets;
    this.#uses = uses;
  }

  create(account: AccountId, userName: string): Promise<IdentityOutcome<CreatedKey>> {
    const { statements } = this.#database;
    return this.#database.write(account, (now) => {
      const user = findUser(statements, account, userName);
      if (user === undefined) return notExist('User', userName);
      if (statements.all(LIST, user.id).length >= MOST_KEYS) {
        const message = `A user can have ${MOST_KEYS} access keys. Delete one first.`;
        return { kind: 'limit-exceeded', entity: 'User.AccessKey', message };
      }
      const { id, secret } = newAccessKey();
      statements.run(INSERT, id, account, user.id, this.#secrets.seal(id, secret), now);
      return done({ id, secret, status: 'Active', createdAt: now });
    });
  }

  list(account: AccountId, userName: string): Promise<IdentityOutcome<readonly ListedKey[]>> {
    const { statements } = this.#database;
    return this.#database.read(() => {
      const user = findUser(statements, account, userName);
      if (user === undefined) return notExist('User', userName);
      return done(statements.all(LIST, user.id) as ListedKey[]);
    });
  }

  setStatus(account: AccountId, userName: string, keyId: string, status: KeyStatus): Promise<IdentityOutcome> {
    return this.#change(account, userName, keyId, (userId) =>
      this.#database.statements.run(SET_STATUS, status, userId, keyId),
    );
  }

  delete(account: AccountId, userName: string, keyId: string): Promise<IdentityOutcome> {
    return this.#change(account, userName, keyId, (userId) => this.#database.statements.run(DELETE, userId, keyId));
  }

  lastUsed(account: AccountId, userName: string, keyId: string): Promise<IdentityOutcome<number | undefined>> {
    const { statements } = this.#database;
    return this.#database.read(() => {
      const user = findUser(statements, account, userName);
      if (user === undefined) return notExist('User', userName);
      const row = statements.get(LAST_USED, user.id, keyId) as { lastUsedAt: number | null } | undefined;
      if (row === undefined) return keyNotExist(userName, keyId);
      return done(this.#uses.unwritten(keyId) ?? row.lastUsedAt ?? undefined);
    });
  }

  #change(
    account: AccountId,
    userName: string,
    keyId: string,
    change: (userId: string) => number,
  ): Promise<IdentityOutcome> {
    return this.#database.write(account, () => {
      const user = findUser(this.#database.statements, account, userName);
      if (user === undefined) return notExist('User', userName);
      return change(user.id) > 0 ? DONE : keyNotExist(userName, keyId);
    });
  }
}

function keyNotExist(userName: string, keyId: string): IdentityOutcome<never> {
  const message = `The user ${quoted(userName)} has no access key ${quoted(keyId)}. Check the id.`;
  return { kind: 'entity-not-exist', entity: 'User.AccessKey', message };
}
