import type { AccountId } from '../../jobs/account.ts';
import type { JobFailure } from '../../jobs/job-failure.ts';
import type { JobId } from '../../jobs/job-id.ts';
import { titleContains, type JobFilter } from '../../jobs/job-query.ts';
import { canBecome, type JobState } from '../../jobs/job-state.ts';
import { ATTEMPT_CAP } from '../../jobs/job-store.ts';
import { LEASE_MS } from './sample-jobs.ts';
import type { JobProgress, JobResult, Lease, SmartJob } from '../../jobs/smart-job.ts';

export type ModelJob = {
  readonly account: AccountId;
  readonly id: JobId;
  readonly type: string;
  readonly title: string;
  readonly createdAt: number;
  state: JobState;
  modifiedAt: number;
  attempts: number;
  epoch: number;
  leaseUntil: number;
  /** By key. */
  checkpoints: Map<string, string>;
  progress?: JobProgress;
  failureCode?: string;
  result?: JobResult;
};

/** The rules of the port over plain arrays, slow and simple: what a store is compared with. */
export class ModelStore {
  /** In the order of their submits. */
  jobs: ModelJob[] = [];
  /** The turn of each account's last claim, 0 for none yet; in the order of the accounts' first submits. */
  readonly #lastClaims = new Map<AccountId, number>();
  #turn = 0;

  submitted(job: SmartJob): void {
    const { account, id, type, title, createdAt, modifiedAt } = job;
    const begun = { state: 'Created', attempts: 0, epoch: 0, leaseUntil: 0, checkpoints: new Map() } as const;
    this.#lastClaims.set(account, this.#lastClaims.get(account) ?? 0);
    this.jobs.push({ account, id, type, title, createdAt, modifiedAt, ...begun });
  }

  find(account: AccountId, id: JobId): ModelJob | undefined {
    return this.jobs.find((job) => job.account === account && job.id === id);
  }

  /** In the order of their creation. */
  matching(account: AccountId, filter: JobFilter): ModelJob[] {
    return this.jobs.filter((job) => job.account === account && matches(filter, job));
  }

  delete(account: AccountId, id: JobId): boolean {
    const doomed = this.find(account, id);
    this.jobs = this.jobs.filter((job) => job !== doomed);
    return doomed !== undefined;
  }

  cancel(account: AccountId, id: JobId, failure: JobFailure, now: number): string {
    const job = this.find(account, id);
    if (job === undefined) return 'unknown';
    if (!canBecome(job.state, 'Failed')) return 'wrong-state';
    this.#become(job, 'Failed', now).failureCode = failure.code;
    return 'changed';
  }

  retry(account: AccountId, id: JobId, now: number): string {
    const job = this.find(account, id);
    if (job === undefined) return 'unknown';
    if (job.state !== 'Failed') return 'wrong-state';
    this.#become(job, 'Created', now).attempts = 0;
    return 'changed';
  }

  /** A length for a lease, so that no two run out at once: which of two is first is the store's choice. */
  freeLease(now: number): number {
    const taken = new Set(this.jobs.map(({ leaseUntil }) => leaseUntil));
    let until = now + LEASE_MS;
    while (taken.has(until)) until += 1;
    return until - now;
  }

  claim(leaseMs: number, now: number): ModelJob | undefined {
    const expired = this.jobs.filter((job) => job.state === 'Executing' && job.leaseUntil <= now);
    const lost = expired.filter((job) => job.attempts >= ATTEMPT_CAP);
    const alive = expired.filter((job) => job.attempts < ATTEMPT_CAP);
    const job = alive.length > 0 ? earliest(alive) : this.#longestUnserved();
    const until = job?.state === 'Executing' ? job.leaseUntil : Number.POSITIVE_INFINITY;
    for (const gone of lost.filter(({ leaseUntil }) => leaseUntil <= until)) {
      this.#become(gone, 'Failed', now).failureCode = 'WorkerLost';
    }
    if (job === undefined) return undefined;
    this.#become(job, 'Executing', now).attempts += 1;
    job.epoch += 1;
    job.leaseUntil = now + leaseMs;
    job.progress = { percent: 0, step: '' };
    this.#turn += 1;
    this.#lastClaims.set(job.account, this.#turn);
    return job;
  }

  held({ account, jobId, epoch }: Lease): ModelJob | undefined {
    const job = this.find(account, jobId);
    return job?.state === 'Executing' && job.epoch === epoch ? job : undefined;
  }

  finish(job: ModelJob, result: JobResult, now: number): void {
    this.#become(job, 'Finished', now).result = result;
    job.checkpoints.clear();
  }

  fail(job: ModelJob, failure: JobFailure, now: number): void {
    this.#become(job, 'Failed', now).failureCode = failure.code;
  }

  handBack(job: ModelJob, now: number): void {
    this.#become(job, 'Created', now).attempts -= 1;
  }

  #longestUnserved(): ModelJob | undefined {
    const accounts = [...this.#lastClaims].toSorted(([, one], [, other]) => one - other).map(([id]) => id);
    const queues = accounts.map((id) => this.matching(id, { state: 'Created' }));
    return queues.find((queue) => queue.length > 0)?.[0];
  }

  #become(job: ModelJob, state: JobState, now: number): ModelJob {
    if (!canBecome(job.state, state)) throw new Error(`The model made a ${job.state} job ${state}.`);
    job.state = state;
    job.modifiedAt = Math.max(job.modifiedAt, now);
    delete job.progress;
    delete job.failureCode;
    return job;
  }
}

function earliest(jobs: readonly ModelJob[]): ModelJob | undefined {
  return jobs.toSorted((one, other) => one.leaseUntil - other.leaseUntil)[0];
}

function matches(filter: JobFilter, job: ModelJob): boolean {
  const { type, state, createdFrom, createdBefore, titleContains: part, ids } = filter;
  return (
    (type === undefined || type === job.type) &&
    (state === undefined || state === job.state) &&
    (createdFrom === undefined || createdFrom <= job.createdAt) &&
    (createdBefore === undefined || job.createdAt < createdBefore) &&
    (part === undefined || titleContains(job.title, part)) &&
    (ids === undefined || ids.includes(job.id))
  );
}
