import type { Database, Transaction } from 'better-sqlite3';
import type { AccessKey, AccessKeys, FoundKey } from '../../auth/access-key.ts';
import type { KeyStatus } from '../../auth/identities.ts';
import type { Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { KeySecrets } from './key-secrets.ts';
import type { KeyUses } from './key-uses.ts';
import { ReadTurn } from './read-turn.ts';
import { Statements } from './statements.ts';
import { guarded } from './store-failure.ts';

type KeyRow = readonly [
  id: string,
  account: AccountId,
  status: KeyStatus,
  sealed: string,
  /** Of the user, both null for a root key. */
  userId: string | null,
  userName: string | null,
];

type OwnerRow = readonly [account: AccountId, ofUser: 0 | 1];

const SELECT =
  'SELECT access_key.id, access_key.account, status, secret_sealed, user_id, ram_user.name ' +
  'FROM access_key LEFT JOIN ram_user ON ram_user.id = access_key.user_id';
/** The key, or for an id that nobody has another key: one statement, the same work for both. */
const BY_ID_OR_OTHER = `${SELECT} WHERE access_key.id = coalesce((SELECT id FROM access_key WHERE id = ?), ?)`;
const ROOT_OF = `${SELECT} WHERE access_key.account = ? AND user_id IS NULL`;
const OWNER_OF = 'SELECT account, user_id IS NOT NULL FROM access_key WHERE id = ?';
const DELETE_ROOT = 'DELETE FROM access_key WHERE account = ? AND user_id IS NULL';
const INSERT_ROOT =
  "INSERT INTO access_key (id, account, status, secret_sealed, created_at) VALUES (?, ?, 'Active', ?, ?)";

/** The access keys of accounts and users, as authentication sees them. Their secrets are sealed. */
export class SqliteAccessKeys implements AccessKeys {
  readonly #statements: Statements;
  readonly #clock: Clock;
  readonly #reads: ReadTurn;
  readonly #secrets: KeySecrets;
  readonly #uses: KeyUses;
  /** The id of a key that was there a moment ago. */
  #lastFound = '';
  readonly #replaceRoot: Transaction<(account: AccountId, id: string, sealed: string) => void>;

  constructor(db: Database, clock: Clock, secrets: KeySecrets, uses: KeyUses) {
    this.#statements = new Statements(db);
    this.#clock = clock;
    this.#reads = ReadTurn.of(db);
    this.#secrets = secrets;
    this.#uses = uses;
    this.#replaceRoot = db.transaction((account: AccountId, id: string, sealed: string) => {
      const [present] = this.#statements.rows<OwnerRow>(OWNER_OF, id);
      if (present !== undefined && present[0] !== account) {
        throw new Error(`The access key ${id} belongs to another account. Choose another id.`);
      }
      if (present?.[1] === 1) {
        throw new Error(`The access key ${id} belongs to a user of the account. Choose another id.`);
      }
      this.#statements.run(DELETE_ROOT, account);
      this.#statements.run(INSERT_ROOT, id, account, sealed, this.#clock.now());
    });
  }

  async find(id: string): Promise<FoundKey> {
    // An id that nobody has takes the work of one that somebody has: the time of an answer tells neither.
    const key = guarded(() => {
      this.#reads.join();
      return this.#read(BY_ID_OR_OTHER, id, this.#lastFound);
    });
    if (key?.id !== id) return { key: undefined };
    this.#lastFound = id;
    return { key };
  }

  used(id: string): void {
    this.#uses.note(id);
  }

  /** The root key of the account, if it has one yet. */
  async rootKey(account: AccountId): Promise<AccessKey | undefined> {
    return guarded(() => this.#read(ROOT_OF, account));
  }

  /** Makes this the account's root key; the one it had before is no longer valid. Fails where another has the id. */
  async saveRoot(id: string, secret: string, account: AccountId): Promise<void> {
    this.#reads.end();
    guarded(() => this.#replaceRoot.immediate(account, id, this.#secrets.seal(id, secret)));
  }

  #read(sql: string, ...values: readonly string[]): AccessKey | undefined {
    const [row] = this.#statements.rows<KeyRow>(sql, ...values);
    if (row === undefined) return undefined;
    const [id, account, status, sealed, userId, userName] = row;
    const secret = this.#secrets.open(id, sealed);
    if (userId === null || userName === null) return { id, secret, account, status, principal: { kind: 'root' } };
    return { id, secret, account, status, principal: { kind: 'user', userId, userName } };
  }
}
