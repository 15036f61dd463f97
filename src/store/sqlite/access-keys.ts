import type { Database, Transaction } from 'better-sqlite3';
import type { AccessKey, AccessKeys } from '../../auth/access-key.ts';
import type { KeyStatus } from '../../auth/identities.ts';
import type { Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { KeySecrets } from './key-secrets.ts';
import type { KeyUses } from './key-uses.ts';
import { Statements } from './statements.ts';
import { guarded } from './store-failure.ts';

type KeyRow = {
  readonly id: string;
  readonly account: AccountId;
  readonly status: KeyStatus;
  readonly secret_sealed: string;
  /** Of the user, both null for a root key. */
  readonly user_id: string | null;
  readonly user_name: string | null;
};

const SELECT =
  'SELECT access_key.id, access_key.account, status, secret_sealed, user_id, ram_user.name AS user_name ' +
  'FROM access_key LEFT JOIN ram_user ON ram_user.id = access_key.user_id';
const BY_ID = `${SELECT} WHERE access_key.id = ?`;
const ROOT_OF = `${SELECT} WHERE access_key.account = ? AND user_id IS NULL`;
const DELETE_ROOT = 'DELETE FROM access_key WHERE account = ? AND user_id IS NULL';
const INSERT_ROOT =
  "INSERT INTO access_key (id, account, status, secret_sealed, created_at) VALUES (?, ?, 'Active', ?, ?)";

/** The access keys of accounts and users, as authentication sees them. Their secrets are sealed. */
export class SqliteAccessKeys implements AccessKeys {
  readonly #statements: Statements;
  readonly #clock: Clock;
  readonly #secrets: KeySecrets;
  readonly #uses: KeyUses;
  readonly #replaceRoot: Transaction<(account: AccountId, id: string, sealed: string) => void>;

  constructor(db: Database, clock: Clock, secrets: KeySecrets, uses: KeyUses) {
    this.#statements = new Statements(db);
    this.#clock = clock;
    this.#secrets = secrets;
    this.#uses = uses;
    this.#replaceRoot = db.transaction((account: AccountId, id: string, sealed: string) => {
      const present = this.#statements.get(BY_ID, id) as KeyRow | undefined;
      if (present !== undefined && present.account !== account) {
        throw new Error(`The access key ${id} belongs to another account. Choose another id.`);
      }
      if (present !== undefined && present.user_id !== null) {
        throw new Error(`The access key ${id} belongs to a user of the account. Choose another id.`);
      }
      this.#statements.run(DELETE_ROOT, account);
      this.#statements.run(INSERT_ROOT, id, account, sealed, this.#clock.now());
    });
  }

  async find(id: string): Promise<AccessKey | undefined> {
    return this.#opened(guarded(() => this.#statements.get(BY_ID, id) as KeyRow | undefined));
  }

  used(id: string): void {
    this.#uses.note(id);
  }

  /** The root key of the account, if it has one yet. */
  async rootKey(account: AccountId): Promise<AccessKey | undefined> {
    return this.#opened(guarded(() => this.#statements.get(ROOT_OF, account) as KeyRow | undefined));
  }

  /** Makes this the account's root key; the one it had before is no longer valid. Fails where another has the id. */
  async saveRoot(id: string, secret: string, account: AccountId): Promise<void> {
    guarded(() => this.#replaceRoot.immediate(account, id, this.#secrets.seal(id, secret)));
  }

  #opened(row: KeyRow | undefined): AccessKey | undefined {
    if (row === undefined) return undefined;
    const { id, account, status, user_id: userId, user_name: userName } = row;
    const secret = this.#secrets.open(id, row.secret_sealed);
    if (userId === null || userName === null) return { id, secret, account, status, principal: { kind: 'root' } };
    return { id, secret, account, status, principal: { kind: 'user', userId, userName } };
  }
}
