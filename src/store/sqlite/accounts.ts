import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import { jobIdBytes } from './job-rows.ts';
import type { Statements } from './statements.ts';

/** Where the next job of an account goes. */
export type NextPlace = {
  readonly accountNumber: number;
  readonly sequence: number;
  /** The newest id that the account ever had, that of a deleted job included. */
  readonly previous: JobId | undefined;
};

type AccountRow = { readonly number: number; readonly last_sequence: number; readonly last_job_id: Buffer | null };

const NUMBER = 'SELECT number FROM account WHERE id = ?';
const NEXT_PLACE =
  'INSERT INTO account (id, last_sequence) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET ' +
  'last_sequence = last_sequence + 1 RETURNING number, last_sequence, last_job_id';
const SAVE_NEWEST = 'UPDATE account SET last_job_id = ? WHERE number = ?';
const SERVED_LONGEST_AGO =
  'SELECT number FROM account INDEXED BY account_waiting WHERE waiting > 0 AND last_claim >= 0 ' +
  'ORDER BY last_claim LIMIT 1';
const SERVE = 'UPDATE account SET last_claim = (SELECT max(last_claim) + 1 FROM account) WHERE number = ?';

/** The accounts: made by their first submit and never removed. */
export class Accounts {
  readonly #statements: Statements;
  /** Those that are committed. They never change. */
  readonly #numbers = new Map<AccountId, number>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Undefined for an account that never submitted a job. */
  numberOf(id: AccountId): number | undefined {
    return (this.#statements.get(NUMBER, id) as { number: number } | undefined)?.number;
  }

  /**
   * The same from memory, for reads outside of a transaction: inside of one the number might be rolled back and
   * given to another account.
   */
  committedNumberOf(id: AccountId): number | undefined {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const found = this.numberOf(id);
    if (found !== undefined) this.#numbers.set(id, found);
    return found;
  }

  takeNextPlace(id: AccountId): NextPlace {
    const row = this.#statements.get(NEXT_PLACE, id) as AccountRow | undefined;
    if (row === undefined) throw new Error('An upsert returned no row.');
    const previous = row.last_job_id?.toString('hex') as JobId | undefined;
    return { accountNumber: row.number, sequence: row.last_sequence, previous };
  }

  saveNewest(accountNumber: number, id: JobId): void {
    this.#statements.run(SAVE_NEWEST, jobIdBytes(id), accountNumber);
  }

  /** Among the accounts with a Created job, the one from which a worker took a job longest ago. */
  servedLongestAgo(): number | undefined {
    return (this.#statements.get(SERVED_LONGEST_AGO) as { number: number } | undefined)?.number;
  }

  /** A worker took a job of this account. */
  served(accountNumber: number): void {
    this.#statements.run(SERVE, accountNumber);
  }
}
