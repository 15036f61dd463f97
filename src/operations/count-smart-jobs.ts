import { answer } from '../gateway/operation.ts';
import { JOB_STATES } from '../jobs/job-state.ts';
import { JOB_TYPES } from '../jobs/job-type.ts';
import { creationTimeParameters, creationTimes } from './creation-times.ts';
import { operation } from './services.ts';

/** How many jobs there are of each type and state, from counters: it costs the same for ten jobs and ten million. */
export const countSmartJobs = operation({
  product: 'ice',
  action: 'CountSmartJobs',
  additive: true,
  summary: 'Counts the jobs of the account by type and state.',
  ramAction: 'ice:CountSmartJobs',
  parameters: {
    JobType: { kind: 'choice', allowed: JOB_TYPES, description: 'Only jobs of this type.' },
    JobState: { kind: 'choice', allowed: JOB_STATES, description: 'Only jobs in this state.' },
    ...creationTimeParameters,
  },
  answers: [
    { name: 'Total', type: 'number', description: 'How many jobs match.' },
    {
      name: 'Counts',
      type: 'array',
      description:
        'One for each type and state that the parameters allow, in the order of the reference; zeros too.',
    },
    { name: 'Counts[].JobType', type: 'string', description: JOB_TYPES.join(', ') },
    { name: 'Counts[].JobState', type: 'string', description: JOB_STATES.join(', ') },
    { name: 'Counts[].Count', type: 'number', description: 'How many jobs are of this type and in this state.' },
  ],
  xmlItems: { Counts: 'JobCount' },

  async handle({ caller: { account }, values }, { jobs }) {
    const times = creationTimes(values);
    if ('kind' in times) return times;
    const counts = await jobs.countEach(account, { type: values.JobType, state: values.JobState, ...times });
    return answer({
      Total: counts.reduce((total, { count }) => total + count, 0),
      Counts: counts.map(({ type, state, count }) => ({ JobType: type, JobState: state, Count: count })),
    });
  },
});
