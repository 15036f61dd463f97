import { describe, expect, test } from 'vitest';
import type { AccountId } from './account.ts';
import { jobFailure } from './job-failure.ts';
import { nextJobId } from './job-id.ts';
import { canBecome } from './job-state.ts';
import { claimed, failed, finished, handedBack, retried } from './job-transitions.ts';
import { createJob } from './smart-job.ts';

const CREATED_AT = Date.UTC(2026, 0, 2);
const LATER = CREATED_AT + 60_000;
const failure = jobFailure('EngineFailed', 'The engine gave up.');
const result = { output: '[]', aiResult: '[]' };

const created = createJob('1234567890123456' as AccountId, nextJobId(CREATED_AT, undefined), {
  type: 'ASR',
  title: 'T',
  description: 'D',
  userData: 'U',
  editingConfig: 'E',
  inputFile: 'oss://b/in',
  keyword: 'K',
  outputBucket: 'B',
  outputObject: 'O',
  parameters: { StartTime: '0' },
});
const executing = claimed(created, LATER);

describe('the transitions of a job', () => {
  test('keep all that was submitted, and set the modified time', () => {
    const rest = { ...created, modifiedAt: LATER };
    expect(executing).toEqual({ ...rest, attempts: 1, state: 'Executing', progress: { percent: 0, step: '' } });
    expect(finished(executing, result, LATER)).toEqual({ ...rest, attempts: 1, state: 'Finished', result });
    expect(failed(executing, failure, LATER)).toEqual({ ...rest, attempts: 1, state: 'Failed', failure });
    expect(failed(created, failure, LATER)).toEqual({ ...rest, attempts: 0, state: 'Failed', failure });
    expect(handedBack(executing, LATER)).toEqual(rest);
    expect(retried(failed(executing, failure, LATER), LATER)).toEqual(rest);
  });

  test('count an attempt at each claim, and begin it at no progress', () => {
    const far = { ...executing, progress: { percent: 70, step: 'recognize' } };
    expect(claimed(far, LATER)).toMatchObject({ attempts: 2, progress: { percent: 0, step: '' } });
    expect(handedBack(claimed(far, LATER), LATER).attempts).toBe(1);
  });

  test('never move the modified time back', () => {
    expect(claimed(created, CREATED_AT - 5000).modifiedAt).toBe(CREATED_AT);
    expect(finished(executing, result, CREATED_AT).modifiedAt).toBe(LATER);
  });

  test('are edges of the state machine', () => {
    const pairs = [
      [created, executing],
      [executing, claimed(executing, LATER)],
      [executing, handedBack(executing, LATER)],
      [executing, finished(executing, result, LATER)],
      [executing, failed(executing, failure, LATER)],
      [failed(created, failure, LATER), retried(failed(created, failure, LATER), LATER)],
    ] as const;
    for (const [from, to] of pairs) expect(canBecome(from.state, to.state)).toBe(true);
  });
});
