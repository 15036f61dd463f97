import type { Database } from 'better-sqlite3';
import type { IdentityOutcome } from '../../../auth/identity-outcome.ts';
import type { Clock } from '../../../base/clock.ts';
import type { AccountId } from '../../../jobs/account.ts';
import { Statements } from '../statements.ts';
import { guarded } from '../store-failure.ts';
import { WriteTurn } from '../write-turn.ts';

/** What the parts of the identity store share: statements, the turn of their writes, and what changed. */
export class IdentityDatabase {
  readonly statements: Statements;
  readonly #turn: WriteTurn;
  readonly #clock: Clock;
  readonly #generations = new Map<AccountId, number>();

  constructor(db: Database, clock: Clock) {
    this.statements = new Statements(db);
    this.#turn = new WriteTurn(db);
    this.#clock = clock;
  }

  async read<T>(read: () => T): Promise<T> {
    return guarded(read);
  }

  /** @param write checks before it writes: what it refuses has written nothing */
  write<T>(account: AccountId, write: (now: number) => IdentityOutcome<T>): Promise<IdentityOutcome<T>> {
    return this.#turn.write(() => {
      const outcome = write(this.#clock.now());
      // Nobody reads between this and the commit, which follow one another without a pause.
      if (outcome.kind === 'done') this.#generations.set(account, this.generation(account) + 1);
      return outcome;
    });
  }

  /** How often the identities of the account changed since the start of the process. */
  generation(account: AccountId): number {
    return this.#generations.get(account) ?? 0;
  }

  /** Ends the turn of the writes now. */
  flush(): void {
    this.#turn.flush();
  }
}
