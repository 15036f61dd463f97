import type { Database, Transaction } from 'better-sqlite3';
import type { AccessKey, AccessKeys } from '../../auth/access-key.ts';
import type { Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import { StoreUnavailable } from '../../jobs/store-unavailable.ts';
import { ReadTurn } from './read-turn.ts';
import { Statements } from './statements.ts';
import { guarded } from './store-failure.ts';

/** Encrypts secrets. What was sealed for one context opens for no other; undefined where it does not open. */
export type SecretSeal = {
  seal(context: string, secret: string): string;
  open(context: string, sealed: string): string | undefined;
};

type KeyRow = { readonly id: string; readonly account: AccountId; readonly secret_sealed: string };

const BY_ID = 'SELECT id, account, secret_sealed FROM access_key WHERE id = ?';
const ROOT_OF = "SELECT id, account, secret_sealed FROM access_key WHERE account = ? AND kind = 'root'";
const DELETE_ROOT = "DELETE FROM access_key WHERE account = ? AND kind = 'root'";
const INSERT_ROOT =
  "INSERT INTO access_key (id, account, kind, secret_sealed, created_at) VALUES (?, ?, 'root', ?, ?)";

/** The access keys, their secrets sealed. */
export class SqliteAccessKeys implements AccessKeys {
  readonly #statements: Statements;
  readonly #clock: Clock;
  readonly #seal: SecretSeal;
  readonly #reads: ReadTurn;
  /** Those that were found, opened: finding and opening took 8 µs of each call. The rows change only here. */
  readonly #found = new Map<string, AccessKey>();
  readonly #replaceRoot: Transaction<(account: AccountId, id: string, sealed: string) => void>;

  constructor(db: Database, clock: Clock, seal: SecretSeal) {
    this.#statements = new Statements(db);
    this.#clock = clock;
    this.#seal = seal;
    this.#reads = ReadTurn.of(db);
    this.#replaceRoot = db.transaction((account: AccountId, id: string, sealed: string) => {
      const present = this.#statements.get(BY_ID, id) as KeyRow | undefined;
      if (present !== undefined && present.account !== account) {
        throw new Error(`The access key ${id} belongs to another account. Choose another id.`);
      }
      this.#statements.run(DELETE_ROOT, account);
      this.#statements.run(INSERT_ROOT, id, account, sealed, this.#clock.now());
    });
  }

  async find(id: string): Promise<AccessKey | undefined> {
    const found = this.#found.get(id);
    if (found !== undefined) return found;
    const key = this.#opened(guarded(() => this.#statements.get(BY_ID, id) as KeyRow | undefined));
    if (key !== undefined) this.#found.set(id, key);
    return key;
  }

  /** The root key of the account, if it has one yet. */
  async rootKey(account: AccountId): Promise<AccessKey | undefined> {
    return this.#opened(guarded(() => this.#statements.get(ROOT_OF, account) as KeyRow | undefined));
  }

  /** Makes this the account's root key; the one it had before is no longer valid. Fails where another has the id. */
  async saveRoot(id: string, secret: string, account: AccountId): Promise<void> {
    this.#found.clear();
    this.#reads.end();
    guarded(() => this.#replaceRoot.immediate(account, id, this.#seal.seal(contextOf(id), secret)));
  }

  #opened(row: KeyRow | undefined): AccessKey | undefined {
    if (row === undefined) return undefined;
    const secret = this.#seal.open(contextOf(row.id), row.secret_sealed);
    if (secret === undefined) {
      const message =
        `The secret of access key ${row.id} does not open: it was sealed with another master key, or the database ` +
        'is damaged. Restore the two from one backup.';
      throw new StoreUnavailable(message, undefined);
    }
    return { id: row.id, secret, account: row.account, principal: { kind: 'root' } };
  }
}

function contextOf(id: string): string {
  return `access-key/${id}`;
}
