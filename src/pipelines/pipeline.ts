import type { Logger } from '../base/logger.ts';
import type { AccountId } from '../jobs/account.ts';
import type { JobFailure } from '../jobs/job-failure.ts';
import type { JobId } from '../jobs/job-id.ts';
import type { JobType } from '../jobs/job-type.ts';
import type { ExecutingJob, JobProgress, JobResult } from '../jobs/smart-job.ts';

/** Outcomes are data: a user's broken file is a value here, not an exception. */
export type PipelineOutcome =
  | { readonly kind: 'finished'; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly failure: JobFailure };

/**
 * What runs of a job leave for those after them: a job whose worker died, stopped or failed goes on where it was.
 * Keys name what a value was made from (see fingerprint.ts), so that a changed input does not meet old values.
 */
export type Checkpoints = {
  /** As this run or one before it saved it. */
  get(key: string): Promise<string | undefined>;
  /**
   * Resolves when it is stored, with the progress that was reported last: the next run does not fall below that. A
   * lost lease aborts the run, and this throws the signal's reason.
   * @param value at most LONGEST_CHECKPOINT bytes
   */
  save(key: string, value: string): Promise<void>;
};

export type PipelineRun = {
  readonly job: ExecutingJob;
  /** An empty folder of this attempt alone; the worker removes it afterwards. */
  readonly scratch: string;
  /** Aborted when the job was canceled or deleted, the lease was lost, or the worker stops. */
  readonly signal: AbortSignal;
  /** Reports what is going on. Cheap to call often: the worker decides when to store it, and lets no percentage fall. */
  readonly report: (progress: JobProgress) => void;
  readonly checkpoints: Checkpoints;
  readonly log: Logger;
};

/** How the jobs of one type are run. A thrown error is a fault of ours and fails the job as InternalError. */
export type Pipeline = {
  readonly type: JobType;
  run(run: PipelineRun): Promise<PipelineOutcome>;
  /** Removes what its runs wrote beside the objects that the caller named. Called where the job is deleted. */
  forget?(account: AccountId, id: JobId): Promise<void>;
};
