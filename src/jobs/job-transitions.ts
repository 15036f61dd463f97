import type { JobFailure } from './job-failure.ts';
import type {
  CreatedJob,
  ExecutingJob,
  FailedJob,
  FinishedJob,
  JobFacts,
  JobResult,
  SmartJob,
} from './smart-job.ts';

/*
 * The edges of the state machine as functions. Their parameters are the states that have the edge, so the compiler
 * refuses the others. `now` is in milliseconds since the epoch; modifiedAt follows it, but never goes back.
 */

/** A worker begins an attempt: the first one, or the next one after a lease that ran out. */
export function claimed(job: CreatedJob | ExecutingJob, now: number): ExecutingJob {
  const attempts = job.attempts + 1;
  return { ...factsAt(job, now), attempts, state: 'Executing', progress: { percent: 0, step: '' } };
}

/** The attempt ends early and does not count. */
export function handedBack(job: ExecutingJob, now: number): CreatedJob {
  return { ...factsAt(job, now), attempts: job.attempts - 1, state: 'Created' };
}

export function finished(job: ExecutingJob, result: JobResult, now: number): FinishedJob {
  return { ...factsAt(job, now), state: 'Finished', result };
}

export function failed(job: CreatedJob | ExecutingJob, failure: JobFailure, now: number): FailedJob {
  return { ...factsAt(job, now), state: 'Failed', failure };
}

/** As if it had just been submitted, in its old place. */
export function retried(job: FailedJob, now: number): CreatedJob {
  return { ...factsAt(job, now), attempts: 0, state: 'Created' };
}

function factsAt(job: SmartJob, now: number): JobFacts {
  return {
    account: job.account,
    id: job.id,
    type: job.type,
    title: job.title,
    description: job.description,
    userData: job.userData,
    editingConfig: job.editingConfig,
    inputFile: job.inputFile,
    keyword: job.keyword,
    outputBucket: job.outputBucket,
    outputObject: job.outputObject,
    parameters: job.parameters,
    createdAt: job.createdAt,
    modifiedAt: Math.max(job.modifiedAt, now),
    attempts: job.attempts,
  };
}
