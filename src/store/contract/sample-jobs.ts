import type { AccountId } from '../../jobs/account.ts';
import { jobFailure } from '../../jobs/job-failure.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { JobFilter } from '../../jobs/job-query.ts';
import { JOB_STATES } from '../../jobs/job-state.ts';
import { JOB_TYPES } from '../../jobs/job-type.ts';
import type { JobDraft, JobResult } from '../../jobs/smart-job.ts';

export const ALICE = '1234567890123456' as AccountId;
/** The greatest account id there is. */
export const BOB = '9007199254740991' as AccountId;
export const NOBODY = '1111111111111111' as AccountId;

/** 2026-01-02T03:04:05.678Z */
export const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export const LEASE_MS = 30_000;

export const BROKEN = jobFailure('InputFileUnreadable', 'The input is broken.');
export const CANCELED = jobFailure('JobCanceled', 'Somebody canceled the job.');

export const RESULT: JobResult = {
  output: '[{"content":"one","from":0,"to":1.5}]',
  aiResult: '[{"content":"one","from":0,"to":1.5}]',
};

export const UNKNOWN_ID = '0190000000007000a000000000000000' as JobId;

export function draft(changes: Partial<JobDraft> = {}): JobDraft {
  return {
    type: 'ASR',
    title: 'A title',
    description: 'A description',
    userData: '{"order":7}',
    editingConfig: '{"StartTime":"0","Duration":"10"}',
    inputFile: 'oss://bucket/in.mp4',
    keyword: '',
    outputBucket: '',
    outputObject: '',
    parameters: { StartTime: '0', Duration: '10' },
    ...changes,
  };
}

/** Strings that storing could spoil: quotes, line ends, NUL, half a surrogate pair, other scripts. */
export const AWKWARD_STRINGS = [
  `'"\\\r\n\t`,
  'a\u0000b',
  '\uD800',
  '\u{1F600} 智能任务 ñ\u0301',
  ' ',
  '{"a":1}',
  '__proto__',
] as const;

/** Every combination of the two filters, absent ones included. */
export const ALL_FILTERS: readonly JobFilter[] = [undefined, ...JOB_TYPES].flatMap((type) =>
  [undefined, ...JOB_STATES].map((state) => ({ type, state })),
);
