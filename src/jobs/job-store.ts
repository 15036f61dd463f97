import type { AccountId } from './account.ts';
import type { JobFailure } from './job-failure.ts';
import type { JobId } from './job-id.ts';
import type { CountedFilter, JobCount, JobFilter, JobPage, JobQuery } from './job-query.ts';
import type { JobState } from './job-state.ts';
import type { ExecutingJob, JobDraft, JobProgress, JobResult, Lease, SmartJob } from './smart-job.ts';
import type { SubmitToken, TokenOutcome } from './submit-token.ts';

/** A job that a worker now holds. */
export type ClaimedJob = { readonly job: ExecutingJob; readonly lease: Lease };

/** `wrong-state` tells the state that the job was in, which the operation needs an answer for. */
export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly job: SmartJob }
  | { readonly kind: 'wrong-state'; readonly state: JobState }
  | { readonly kind: 'unknown' };

/** Nothing was written: the account has as many Created and Executing jobs as it may have. */
export type QueueFull = { readonly kind: 'queue-full'; readonly waiting: number };

/** How often a job may be claimed by workers that then die. One more expired lease and it is Failed, WorkerLost. */
export const ATTEMPT_CAP = 3;

/** Bytes of UTF-8 that the value of one checkpoint may have. */
export const LONGEST_CHECKPOINT = 1024 * 1024;

/**
 * The port of the job stores. The job's row is the queue: there is no second copy that could lag behind.
 * When a promise of a write resolves, the write is committed and synced.
 *
 * Reads and changes by callers name the account first; a job of another account is unknown. Writes by workers name
 * their lease and resolve to false where the lease is lost, having written nothing: the worker stops and cleans up.
 */
export type JobStore = {
  /** Creates the job: id, creation time and place in the account are the store's to give. */
  submit(account: AccountId, draft: JobDraft): Promise<SmartJob>;
  /**
   * The same within a quota, exact also where many submit at once.
   * @param maxWaiting the most jobs that the account may have Created and Executing, this one included
   */
  submit(account: AccountId, draft: JobDraft, maxWaiting: number): Promise<SmartJob | QueueFull>;
  /**
   * The same, but a token that came before makes no second job, however many submit with it at once. Job and token
   * are written together. A submit that is repeated is not held up by the quota.
   */
  submit(
    account: AccountId,
    draft: JobDraft,
    maxWaiting: number,
    token: SubmitToken | undefined,
  ): Promise<SmartJob | QueueFull | TokenOutcome>;
  /** What the token would mean for a submit now; undefined: nothing, it is free. */
  findToken(account: AccountId, token: SubmitToken): Promise<TokenOutcome | undefined>;
  get(account: AccountId, id: JobId): Promise<SmartJob | undefined>;
  /**
   * One page, at a cost that does not grow with depth or table size. Only a list by title reads as many jobs as it
   * takes to fill the page, and lets other work through in between.
   */
  list(account: AccountId, query: JobQuery): Promise<JobPage>;
  /** How many jobs match, from counters: no more jobs are counted at call time than lie at the ends of a time range. */
  count(account: AccountId, filter: CountedFilter & Pick<JobFilter, 'ids'>): Promise<number>;
  /** The same for each type and state that the filter allows, zeros included, in the order of the wire's words. */
  countEach(account: AccountId, filter: CountedFilter): Promise<JobCount[]>;
  /** Removes the jobs, running ones too. Resolves to those that existed. */
  delete(account: AccountId, ids: readonly JobId[]): Promise<JobId[]>;
  /** Created or Executing becomes Failed with this failure. */
  cancel(account: AccountId, id: JobId, failure: JobFailure): Promise<ChangeOutcome>;
  /** Failed becomes Created, attempts begin anew. */
  retry(account: AccountId, id: JobId): Promise<ChangeOutcome>;
  /**
   * The same within a quota, as for submit.
   * @param forget checkpoints whose keys begin with one of these are dropped; by default none are
   */
  retry(
    account: AccountId,
    id: JobId,
    maxWaiting: number,
    forget?: readonly string[],
  ): Promise<ChangeOutcome | QueueFull>;

  /**
   * The next job to run, under a lease of this many milliseconds: first one whose lease ran out, then the oldest
   * Created job of the account that was served longest ago. Jobs whose attempts are used up are failed on the way.
   */
  claim(worker: string, leaseMs: number): Promise<ClaimedJob | undefined>;
  renew(lease: Lease, leaseMs: number): Promise<boolean>;
  /** Whether the lease is still good; writes nothing. */
  holds(lease: Lease): Promise<boolean>;
  saveProgress(lease: Lease, progress: JobProgress): Promise<boolean>;
  /**
   * Keeps what a run has found out so far, under a key of the pipeline's choice, in place of what the key had. It
   * outlives the run, whether that dies, hands the job back or fails it; it is gone when the job is Finished or
   * deleted.
   * @throws RangeError where the value is longer than LONGEST_CHECKPOINT
   */
  saveCheckpoint(lease: Lease, key: string, value: string): Promise<boolean>;
  /** What this run and those before it have saved; empty where the lease is lost. */
  checkpoints(lease: Lease): Promise<ReadonlyMap<string, string>>;
  /** With it the checkpoints of the job are gone. */
  finish(lease: Lease, result: JobResult): Promise<boolean>;
  fail(lease: Lease, failure: JobFailure): Promise<boolean>;
  /** Executing becomes Created again, the attempt uncounted: what a worker does that is told to stop. */
  handBack(lease: Lease): Promise<boolean>;

  close(): Promise<void>;
};
