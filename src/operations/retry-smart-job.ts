import { refuse, refuseValue } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import { parseJobId } from '../jobs/job-id.ts';
import { checkpointsFrom, TRANSLATION_STEPS } from '../pipelines/translation/translation-steps.ts';
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
  parameters: {
    JobId: { kind: 'text', required: true, description: 'The job.' },
    FromStep: {
      kind: 'choice',
      allowed: TRANSLATION_STEPS,
      description:
        'Of a translation: the step to begin again at. What it and those after it had found out is dropped; else everything that was found out is used again.',
    },
  },
  answers: [
    { name: 'JobId', type: 'string', description: 'The job.' },
    { name: 'State', type: 'string', description: 'Created.' },
  ],

  async handle({ caller, values }, { jobs, hints, maxWaitingJobs = Infinity }) {
    const id = parseJobId(values.JobId);
    if (id === undefined) return jobNotFound(values.JobId);
    const { FromStep } = values;
    const forget = FromStep === undefined ? [] : checkpointsFrom(FromStep);
    const job = FromStep === undefined ? undefined : await jobs.get(caller.account, id);
    if (job !== undefined && job.type !== 'VideoTranslation') {
      return refuseValue(
        'FromStep',
        FromStep ?? '',
        `nothing for a job of type ${job.type}, which has no such steps`,
      );
    }
    const outcome = await jobs.retry(caller.account, id, maxWaitingJobs, forget);
    if (outcome.kind === 'unknown') return jobNotFound(values.JobId);
    if (outcome.kind === 'queue-full') return queueFull(outcome);
    if (outcome.kind === 'wrong-state') {
      return refuse('InvalidParameter.JobState', `Only a Failed job can be retried; this one is ${outcome.state}.`);
    }
    hints.submitted();
    return answer({ JobId: id, State: outcome.job.state });
  },
});
