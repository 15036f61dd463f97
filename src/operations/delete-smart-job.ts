import { refuseMissing, refuseValue } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import { parseJobId } from '../jobs/job-id.ts';
import { operation } from './services.ts';

const MOST_IDS = 100;

/** Deletes jobs. Running ones are stopped; what they wrote to objects stays; unknown ids are passed over. */
export const deleteSmartJob = operation({
  product: 'ice',
  action: 'DeleteSmartJob',
  summary: 'Deletes jobs, running ones too. Output objects stay.',
  ramAction: 'ice:DeleteSmartJob',
  parameters: {
    JobId: { kind: 'text', required: true, description: `Job ids, separated by commas; at most ${MOST_IDS}.` },
  },
  answers: [],

  async handle({ caller, values }, { jobs, hints }) {
    const given = new Set(values.JobId.split(',').map((id) => id.trim()));
    given.delete('');
    if (given.size === 0) return refuseMissing('JobId');
    if (given.size > MOST_IDS) return refuseValue('JobId', `${given.size} ids`, `1-${MOST_IDS} ids`);
    const ids = [...given].map(parseJobId).filter((id) => id !== undefined);
    for (const id of await jobs.delete(caller.account, ids)) hints.stopped(id);
    return answer({});
  },
});
