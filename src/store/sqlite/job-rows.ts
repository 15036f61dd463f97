import { SqliteError } from 'better-sqlite3';
import { assertNever } from '../../base/assert-never.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { JobFailureCode } from '../../jobs/job-failure.ts';
import { creationTime, type JobId } from '../../jobs/job-id.ts';
import type { JobState } from '../../jobs/job-state.ts';
import { listedJob, type ListedJob } from '../../jobs/listed-job.ts';
import type { CreatedJob, ExecutingJob, JobFacts, SmartJob } from '../../jobs/smart-job.ts';
import type { JobType } from '../../jobs/job-type.ts';
import { keysOf, type JobKey } from './job-key.ts';
import { findResult, insertResult } from './job-results.ts';
import { DamagedRow } from './store-failure.ts';
import type { SqlValue, Statements } from './statements.ts';

/** A job and what the store keeps about it. */
export type StoredJob<Job extends SmartJob = SmartJob> = {
  readonly key: JobKey;
  readonly epoch: number;
  readonly job: Job;
};

/** The columns of an executing job's lease. */
export type LeaseColumns = { readonly worker: string; readonly until: number };

type JobRow = {
  readonly key: JobKey;
  readonly state: JobState;
  readonly modified_at: number;
  readonly attempts: number;
  readonly epoch: number;
  readonly percent: number | null;
  readonly step: string | null;
  readonly failure_code: JobFailureCode | null;
  readonly failure_message: string | null;
  readonly listed: string;
  readonly parameters: string;
};

const SELECT =
  'SELECT key, state, modified_at, attempts, epoch, percent, step, failure_code, failure_message, listed, parameters ' +
  'FROM smart_job ';

const BY_ID = `${SELECT} INDEXED BY smart_job_id WHERE job_id = ? AND key > ? AND key < ?`;
const EXPIRED = `${SELECT} INDEXED BY smart_job_lease WHERE lease_until <= ? ORDER BY lease_until LIMIT 1`;
const OLDEST_CREATED = `${SELECT} INDEXED BY smart_job_state WHERE state = 'Created' AND key > ? AND key < ? ORDER BY key LIMIT 1`;

const INSERT =
  'INSERT INTO smart_job (key, job_id, type, state, modified_at, listed, parameters) VALUES (?, ?, ?, ?, ?, ?, ?)';
const UPDATE =
  'UPDATE smart_job SET state = ?, modified_at = ?, attempts = ?, epoch = ?, worker = ?, lease_until = ?, ' +
  'percent = ?, step = ?, failure_code = ?, failure_message = ?, listed = ? WHERE key = ?';
const DELETE = 'DELETE FROM smart_job WHERE key = ?';
/** A finished job has no more use for them. Those of a deleted one go with its row. */
const FORGET_CHECKPOINTS = 'DELETE FROM job_checkpoint WHERE key = ?';

/** The rows of smart_job as the jobs they stand for. */
export class JobRows {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  find(accountNumber: number, id: JobId): StoredJob | undefined {
    const { above, below } = keysOf(accountNumber);
    return this.#stored(BY_ID, jobIdBytes(id), above, below);
  }

  /** The executing job whose lease ran out first, if one has at this time. */
  firstExpired(now: number): StoredJob<ExecutingJob> | undefined {
    return this.#stored(EXPIRED, now) as StoredJob<ExecutingJob> | undefined;
  }

  oldestCreated(accountNumber: number): StoredJob<CreatedJob> | undefined {
    const { above, below } = keysOf(accountNumber);
    return this.#stored(OLDEST_CREATED, above, below) as StoredJob<CreatedJob> | undefined;
  }

  insert(key: JobKey, job: CreatedJob): void {
    const parameters = JSON.stringify(job.parameters);
    const id = jobIdBytes(job.id);
    this.#statements.run(INSERT, key, id, job.type, job.state, job.modifiedAt, listedText(job), parameters);
  }

  /** Writes all that can change of a job. The lease belongs to an executing job and to no other. */
  replace({ key, epoch, job }: StoredJob, lease?: LeaseColumns): void {
    if (job.state === 'Finished') {
      insertResult(this.#statements, key, job.result);
      this.#statements.run(FORGET_CHECKPOINTS, key);
    }
    const progress = job.state === 'Executing' ? job.progress : undefined;
    const failure = job.state === 'Failed' ? job.failure : undefined;
    this.#statements.run(
      UPDATE,
      job.state,
      job.modifiedAt,
      job.attempts,
      epoch,
      lease?.worker ?? null,
      lease?.until ?? null,
      progress?.percent ?? null,
      progress?.step ?? null,
      failure?.code ?? null,
      failure?.message ?? null,
      listedText(job),
      key,
    );
  }

  delete(key: JobKey): void {
    this.#statements.run(DELETE, key);
  }

  #stored(sql: string, ...values: readonly SqlValue[]): StoredJob | undefined {
    const row = this.#statements.get(sql, ...values) as JobRow | undefined;
    return row === undefined ? undefined : { key: row.key, epoch: row.epoch, job: this.#readable(row) };
  }

  #readable(row: JobRow): SmartJob {
    try {
      return this.#job(row);
    } catch (error) {
      if (error instanceof SqliteError) throw error;
      throw new DamagedRow(`the row of key ${row.key} cannot be read`, { cause: error });
    }
  }

  #job(row: JobRow): SmartJob {
    const facts = jobFacts(row);
    switch (row.state) {
      case 'Created':
        return { ...facts, state: row.state };
      case 'Executing':
        return { ...facts, state: row.state, progress: { percent: row.percent ?? 0, step: row.step ?? '' } };
      case 'Finished':
        return { ...facts, state: row.state, result: findResult(this.#statements, row.key) };
      case 'Failed': {
        const failure = { code: row.failure_code ?? 'InternalError', message: row.failure_message ?? '' };
        return { ...facts, state: row.state, failure };
      }
      default:
        return assertNever(row.state);
    }
  }
}

function jobFacts(row: JobRow): JobFacts {
  const listed = JSON.parse(row.listed) as ListedJob;
  const id = listed.JobId as JobId;
  return {
    account: String(listed.UserId) as AccountId,
    id,
    type: listed.JobType as JobType,
    title: listed.Title,
    description: listed.Description,
    userData: listed.UserData,
    editingConfig: listed.EditingConfig,
    inputFile: listed.InputConfig.InputFile ?? '',
    keyword: listed.InputConfig.Keyword ?? '',
    outputBucket: listed.OutputConfig.Bucket ?? '',
    outputObject: listed.OutputConfig.Object ?? '',
    parameters: JSON.parse(row.parameters) as Readonly<Record<string, string>>,
    createdAt: creationTime(id),
    modifiedAt: row.modified_at,
    attempts: row.attempts,
  };
}

function listedText(job: SmartJob): string {
  return JSON.stringify(listedJob(job));
}

export function jobIdBytes(id: JobId): Buffer {
  return Buffer.from(id, 'hex');
}
