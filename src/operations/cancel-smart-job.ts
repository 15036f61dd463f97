import { refuse } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import { jobFailure } from '../jobs/job-failure.ts';
import { parseJobId } from '../jobs/job-id.ts';
import { jobNotFound } from './job-not-found.ts';
import { operation } from './services.ts';

const CANCELED = jobFailure('JobCanceled', 'The job was canceled before it ended. RetrySmartJob runs it again.');

/** Ends a job that waits or runs. It reports Failed with code JobCanceled: the four state words are all there are. */
export const cancelSmartJob = operation({
  product: 'ice',
  action: 'CancelSmartJob',
  additive: true,
  summary: 'Cancels a job that is Created or Executing.',
  ramAction: 'ice:CancelSmartJob',
  parameters: { JobId: { kind: 'text', required: true, description: 'The job.' } },
  answers: [
    { name: 'JobId', type: 'string', description: 'The job.' },
    { name: 'State', type: 'string', description: 'Failed.' },
  ],

  async handle({ caller, values }, { jobs, hints }) {
    const id = parseJobId(values.JobId);
    if (id === undefined) return jobNotFound(values.JobId);
    const outcome = await jobs.cancel(caller.account, id, CANCELED);
    if (outcome.kind === 'unknown') return jobNotFound(values.JobId);
    if (outcome.kind === 'wrong-state') {
      return refuse('InvalidParameter.JobState', `The job has ended already: it is ${outcome.state}.`);
    }
    hints.stopped(id);
    return answer({ JobId: id, State: outcome.job.state });
  },
});
