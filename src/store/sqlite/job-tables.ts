import type { Database } from 'better-sqlite3';
import type { CreatedJob, ExecutingJob, SmartJob } from '../../jobs/smart-job.ts';
import { Accounts } from './accounts.ts';
import { CreationRanges } from './creation-range.ts';
import { JobCounters } from './job-counters.ts';
import { jobKey } from './job-key.ts';
import { JobRows, type LeaseColumns, type StoredJob } from './job-rows.ts';
import { followDeletion, followJob } from './media/follow-job.ts';
import { Statements } from './statements.ts';
import { SubmitTokens } from './submit-tokens.ts';

/** Everything that makes up the jobs. A job is written only here, so rows, counters and reserved media cannot part. */
export class JobTables {
  readonly statements: Statements;
  readonly accounts: Accounts;
  readonly rows: JobRows;
  readonly counters: JobCounters;
  readonly creations: CreationRanges;
  readonly tokens: SubmitTokens;

  constructor(db: Database) {
    this.statements = new Statements(db);
    this.accounts = new Accounts(this.statements);
    this.rows = new JobRows(this.statements);
    this.counters = new JobCounters(this.statements);
    this.creations = new CreationRanges(this.statements);
    this.tokens = new SubmitTokens(this.statements);
  }

  insert(accountNumber: number, sequence: number, job: CreatedJob): void {
    const key = jobKey(accountNumber, sequence);
    this.rows.insert(key, job);
    this.counters.created(key, job.type);
    this.accounts.saveNewest(accountNumber, job.id);
  }

  /** Writes the job as it is now. Its epoch stays. */
  replace(stored: StoredJob, job: Exclude<SmartJob, ExecutingJob>): void {
    this.rows.replace({ ...stored, job });
    this.counters.moved(stored.key, job.type, stored.job.state, job.state);
    followJob(this.statements, job);
  }

  /** Writes the job as a worker holds it now, under a new epoch. */
  lease(stored: StoredJob, job: ExecutingJob, lease: LeaseColumns): StoredJob {
    const leased = { key: stored.key, epoch: stored.epoch + 1, job };
    this.rows.replace(leased, lease);
    this.counters.moved(stored.key, job.type, stored.job.state, job.state);
    return leased;
  }

  /** @param now milliseconds since the epoch */
  delete({ key, job }: StoredJob, now: number): void {
    this.rows.delete(key);
    this.counters.deleted(key, job.type, job.state);
    followDeletion(this.statements, job, now);
  }
}
