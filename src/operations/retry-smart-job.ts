import { refuse } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import { parseJobId } from '../jobs/job-id.ts';
import { jobNotFound } from './job-not-found.ts';
import { queueFull } from './queue-full.ts';
import { operation } from './services.ts';

/** Runs a failed job again under its own id, with what was submitted. */
export const retrySmartJob = operation({
  product: 'ice',
  action: 'RetrySmartJob',
  additive: true,
  summary: 'Runs a job that is Failed again.',
  ramAction: 'ice:RetrySmartJob',
  parameters: { JobId: { kind: 'text', required: true, description: 'The job.' } },
  answers: [
    { name: 'JobId', type: 'string', description: 'The job.' },
    { name: 'State', type: 'string', description: 'Created.' },
  ],

  async handle({ caller, values }, { jobs, hints, maxWaitingJobs = Infinity }) {
    const id = parseJobId(values.JobId);
    if (id === undefined) return jobNotFound(values.JobId);
    const outcome = await jobs.retry(caller.account, id, maxWaitingJobs);
    if (outcome.kind === 'unknown') return jobNotFound(values.JobId);
    if (outcome.kind === 'queue-full') return queueFull(outcome);
    if (outcome.kind === 'wrong-state') {
      return refuse('InvalidParameter.JobState', `Only a Failed job can be retried; this one is ${outcome.state}.`);
    }
    hints.submitted();
    return answer({ JobId: id, State: outcome.job.state });
  },
});
