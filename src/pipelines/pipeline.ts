import type { Logger } from '../base/logger.ts';
import type { JobFailure } from '../jobs/job-failure.ts';
import type { JobType } from '../jobs/job-type.ts';
import type { ExecutingJob, JobProgress, JobResult } from '../jobs/smart-job.ts';

/** Outcomes are data: a user's broken file is a value here, not an exception. */
export type PipelineOutcome =
  | { readonly kind: 'finished'; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly failure: JobFailure };

export type PipelineRun = {
  readonly job: ExecutingJob;
  /** An empty folder of this attempt alone; the worker removes it afterwards. */
  readonly scratch: string;
  /** Aborted when the job was canceled or deleted, the lease was lost, or the worker stops. */
  readonly signal: AbortSignal;
  /** Reports what is going on. Cheap to call often: the worker decides when to store it. */
  readonly report: (progress: JobProgress) => void;
  readonly log: Logger;
};

/** How the jobs of one type are run. A thrown error is a fault of ours and fails the job as InternalError. */
export type Pipeline = {
  readonly type: JobType;
  run(run: PipelineRun): Promise<PipelineOutcome>;
};
