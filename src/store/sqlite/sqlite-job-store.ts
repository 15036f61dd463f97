import type { Database } from 'better-sqlite3';
import type { Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { JobFailure } from '../../jobs/job-failure.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { CountedFilter, JobCount, JobFilter, JobPage, JobQuery } from '../../jobs/job-query.ts';
import type { ChangeOutcome, ClaimedJob, JobStore, QueueFull } from '../../jobs/job-store.ts';
import type { JobDraft, JobProgress, JobResult, Lease, SmartJob } from '../../jobs/smart-job.ts';
import type { SubmitToken, TokenOutcome } from '../../jobs/submit-token.ts';
import { cancelJob, deleteJobs, retryJob, submitJob } from './caller-writes.ts';
import { claimJob } from './claim-job.ts';
import { countEachKind, countJobs } from './job-count.ts';
import { refuseLongCheckpoint, saveCheckpoint, savedCheckpoints } from './job-checkpoints.ts';
import { cellsOf } from './job-counters.ts';
import { listJobs } from './job-list.ts';
import { JobTables } from './job-tables.ts';
import { failJob, finishJob, handBackJob, holdsLease, renewLease, saveProgress } from './lease-writes.ts';
import { ReadTurn } from './read-turn.ts';
import { guarded } from './store-failure.ts';
import { WriteTurn } from './write-turn.ts';

/** The port over one SQLite database. Reads are answered at once, writes at the end of the event loop's turn. */
export class SqliteJobStore implements JobStore {
  readonly #tables: JobTables;
  readonly #reads: ReadTurn;
  readonly #turn: WriteTurn;
  readonly #clock: Clock;
  readonly #closeDatabase: () => void;

  /** @param closeDatabase called once all writes are done */
  constructor(db: Database, clock: Clock, closeDatabase: () => void) {
    this.#tables = new JobTables(db);
    this.#reads = ReadTurn.of(db);
    this.#turn = new WriteTurn(db);
    this.#clock = clock;
    this.#closeDatabase = closeDatabase;
  }

  submit(account: AccountId, draft: JobDraft): Promise<SmartJob>;
  submit(account: AccountId, draft: JobDraft, maxWaiting: number): Promise<SmartJob | QueueFull>;
  submit(
    account: AccountId,
    draft: JobDraft,
    maxWaiting: number,
    token: SubmitToken | undefined,
  ): Promise<SmartJob | QueueFull | TokenOutcome>;
  submit(
    account: AccountId,
    draft: JobDraft,
    maxWaiting = Infinity,
    token?: SubmitToken,
  ): Promise<SmartJob | QueueFull | TokenOutcome> {
    return this.#write((now) => submitJob(this.#tables, { account, draft, maxWaiting, token }, now));
  }

  async findToken(account: AccountId, token: SubmitToken): Promise<TokenOutcome | undefined> {
    return this.#read(account, undefined, (accountNumber) =>
      this.#tables.tokens.find(accountNumber, token, this.#clock.now()),
    );
  }

  async get(account: AccountId, id: JobId): Promise<SmartJob | undefined> {
    return this.#read(account, undefined, (accountNumber) => this.#tables.rows.find(accountNumber, id)?.job);
  }

  async list(account: AccountId, query: JobQuery): Promise<JobPage> {
    return this.#read<JobPage | Promise<JobPage>>(account, { jobs: [] }, (accountNumber) =>
      listJobs(this.#tables, accountNumber, query),
    );
  }

  async count(account: AccountId, filter: CountedFilter & Pick<JobFilter, 'ids'>): Promise<number> {
    return this.#read(account, 0, (accountNumber) => countJobs(this.#tables, accountNumber, filter));
  }

  async countEach(account: AccountId, filter: CountedFilter): Promise<JobCount[]> {
    const none = cellsOf(filter).map(({ type, state }) => ({ type, state, count: 0 }));
    return this.#read(account, none, (accountNumber) => countEachKind(this.#tables, accountNumber, filter));
  }

  delete(account: AccountId, ids: readonly JobId[]): Promise<JobId[]> {
    return this.#write((now) => deleteJobs(this.#tables, account, ids, now));
  }

  cancel(account: AccountId, id: JobId, failure: JobFailure): Promise<ChangeOutcome> {
    return this.#write((now) => cancelJob(this.#tables, { account, id, failure }, now));
  }

  retry(account: AccountId, id: JobId): Promise<ChangeOutcome>;
  retry(
    account: AccountId,
    id: JobId,
    maxWaiting: number,
    forget?: readonly string[],
  ): Promise<ChangeOutcome | QueueFull>;
  retry(
    account: AccountId,
    id: JobId,
    maxWaiting = Infinity,
    forget: readonly string[] = [],
  ): Promise<ChangeOutcome | QueueFull> {
    return this.#write((now) => retryJob(this.#tables, { account, id, maxWaiting, forget }, now));
  }

  claim(worker: string, leaseMs: number): Promise<ClaimedJob | undefined> {
    return this.#write((now) => claimJob(this.#tables, { worker, leaseMs }, now));
  }

  renew(lease: Lease, leaseMs: number): Promise<boolean> {
    return this.#write((now) => renewLease(this.#tables, lease, now + leaseMs));
  }

  async holds(lease: Lease): Promise<boolean> {
    return this.#read(lease.account, false, () => holdsLease(this.#tables, lease));
  }

  saveProgress(lease: Lease, progress: JobProgress): Promise<boolean> {
    return this.#write(() => saveProgress(this.#tables, lease, progress));
  }

  async saveCheckpoint(lease: Lease, key: string, value: string): Promise<boolean> {
    refuseLongCheckpoint(key, value);
    return this.#write(() => saveCheckpoint(this.#tables, lease, { key, value }));
  }

  async checkpoints(lease: Lease): Promise<ReadonlyMap<string, string>> {
    return this.#read(lease.account, new Map(), () => savedCheckpoints(this.#tables, lease));
  }

  finish(lease: Lease, result: JobResult): Promise<boolean> {
    return this.#write((now) => finishJob(this.#tables, lease, result, now));
  }

  fail(lease: Lease, failure: JobFailure): Promise<boolean> {
    return this.#write((now) => failJob(this.#tables, lease, failure, now));
  }

  handBack(lease: Lease): Promise<boolean> {
    return this.#write((now) => handBackJob(this.#tables, lease, now));
  }

  async close(): Promise<void> {
    this.#turn.flush();
    this.#closeDatabase();
  }

  /** An account that never submitted a job has none of anything. */
  #read<T>(account: AccountId, nothing: T, read: (accountNumber: number) => T): T {
    return guarded(() => {
      this.#reads.join();
      const accountNumber = this.#tables.accounts.committedNumberOf(account);
      return accountNumber === undefined ? nothing : read(accountNumber);
    });
  }

  #write<T>(write: (now: number) => T): Promise<T> {
    return this.#turn.write(() => write(this.#clock.now()));
  }
}
