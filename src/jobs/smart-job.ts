import { wireTime } from '../base/wire-time.ts';
import type { AccountId } from './account.ts';
import type { JobFailure } from './job-failure.ts';
import { creationTime, type JobId } from './job-id.ts';
import type { JobType } from './job-type.ts';

/** What a submit brings: the caller's strings, byte for byte. `''` is a string that was not given. */
export type JobDraft = {
  readonly type: JobType;
  readonly title: string;
  readonly description: string;
  readonly userData: string;
  readonly editingConfig: string;
  /** ListSmartJobs shows these two as InputConfig. */
  readonly inputFile: string;
  readonly keyword: string;
  /** ListSmartJobs shows these two as OutputConfig. */
  readonly outputBucket: string;
  readonly outputObject: string;
  /** The other parameters of the submit, by their wire names: what the pipeline needs and the list does not show. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** The right to write to an executing job. Whoever holds an older epoch writes nothing. */
export type Lease = {
  readonly account: AccountId;
  readonly jobId: JobId;
  /** Raised at each claim of the job; fences every later write. */
  readonly epoch: number;
};

export type JobProgress = {
  /** 0 to 100, whole; never goes back within an attempt. */
  readonly percent: number;
  /** The name of the pipeline step that runs. */
  readonly step: string;
};

/** What a finished job hands out through GetSmartHandleJob. */
export type JobResult = {
  /** JSON text, for ASR the same as aiResult. */
  readonly output: string;
  /** JSON text: for ASR an array of `{content, from, to}` in seconds. */
  readonly aiResult: string;
  /** The media id of what the job made. */
  readonly mediaId?: string;
  /** `oss://bucket/key` of the media that the job made. */
  readonly mediaObject?: string;
  /** The files that the server wrote beside the result, as `oss://bucket/key`. */
  readonly files?: Readonly<Partial<Record<JobFileType, string>>>;
  /** How the result came about, such as Engine and Language: names as they are shown, in the order of writing. */
  readonly details?: Readonly<Record<string, string | number>>;
};

/** The kinds of result files. They lie in a bucket of the server's and go when the job is deleted. */
export const RESULT_FILE_TYPES = ['Json', 'Srt', 'Vtt', 'Text'] as const;

export type ResultFileType = (typeof RESULT_FILE_TYPES)[number];

/** All kinds of files, in the order in which they are listed. The pictures lie beside the caller's media, and stay. */
export const JOB_FILE_TYPES = [...RESULT_FILE_TYPES, 'Poster', 'Gif'] as const;

export type JobFileType = (typeof JOB_FILE_TYPES)[number];

/** What every job has, whatever its state. */
export type JobFacts = JobDraft & {
  readonly account: AccountId;
  readonly id: JobId;
  /** Milliseconds since the epoch; equal to the time inside the id. */
  readonly createdAt: number;
  /** Milliseconds since the epoch of the last change of state. Progress does not count as a change. */
  readonly modifiedAt: number;
  /** Claims that were not handed back, since the submit or the last retry. */
  readonly attempts: number;
};

export type CreatedJob = JobFacts & { readonly state: 'Created' };
export type ExecutingJob = JobFacts & { readonly state: 'Executing'; readonly progress: JobProgress };
export type FinishedJob = JobFacts & { readonly state: 'Finished'; readonly result: JobResult };
export type FailedJob = JobFacts & { readonly state: 'Failed'; readonly failure: JobFailure };

/** A job, discriminated by its state: a result exists only when it is Finished, a failure only when it is Failed. */
export type SmartJob = CreatedJob | ExecutingJob | FinishedJob | FailedJob;

/**
 * The job that a draft becomes. A job without a title gets `default_title_<CreateTime>`, as the documented
 * examples of the service show.
 */
export function createJob(account: AccountId, id: JobId, draft: JobDraft): CreatedJob {
  const createdAt = creationTime(id);
  return {
    ...draft,
    title: draft.title === '' ? `default_title_${wireTime(createdAt)}` : draft.title,
    account,
    id,
    createdAt,
    modifiedAt: createdAt,
    attempts: 0,
    state: 'Created',
  };
}
