import type { Database } from 'better-sqlite3';
import type {
  EffectivePolicy,
  GroupStore,
  IdentityStore,
  PolicyStore,
  PolicySubject,
  RoleStore,
  UserKeyStore,
  UserStore,
} from '../../../auth/identities.ts';
import type { Clock } from '../../../base/clock.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { KeySecrets } from '../key-secrets.ts';
import type { KeyUses } from '../key-uses.ts';
import { effectivePolicies } from './effective-policies.ts';
import { SqliteGroups } from './groups.ts';
import { IdentityDatabase } from './identity-database.ts';
import { SqlitePolicies } from './policies.ts';
import { SqliteRoles } from './roles.ts';
import { SqliteUserKeys } from './user-keys.ts';
import { SqliteUsers } from './users.ts';

export type IdentityStoreParts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: KeySecrets;
  readonly uses: KeyUses;
};

/** The port over the server's database. Reads are answered at once, writes at the end of the event loop's turn. */
export class SqliteIdentityStore implements IdentityStore {
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly roles: RoleStore;
  readonly keys: UserKeyStore;
  readonly policies: PolicyStore;
  readonly #database: IdentityDatabase;

  constructor({ db, clock, secrets, uses }: IdentityStoreParts) {
    const database = new IdentityDatabase(db, clock);
    this.users = new SqliteUsers(database);
    this.groups = new SqliteGroups(database);
    this.roles = new SqliteRoles(database);
    this.keys = new SqliteUserKeys(database, secrets, uses);
    this.policies = new SqlitePolicies(database);
    this.#database = database;
  }

  policiesOf(account: AccountId, subject: PolicySubject): Promise<readonly EffectivePolicy[]> {
    return this.#database.read(() => effectivePolicies(this.#database.statements, account, subject));
  }

  generation(account: AccountId): number {
    return this.#database.generation(account);
  }

  /** Ends the turn of the writes now. */
  flush(): void {
    this.#database.flush();
  }
}
