import { refuseMissing } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import { MOST_JOB_IDS, readJobIds } from './job-id-list.ts';
import { operation } from './services.ts';

/**
 * Deletes jobs. Running ones are stopped; unknown ids are passed over. The result files go too, also those of ids that
 * are unknown: a call that a crash cut short is completed by the next. Objects that the caller named stay.
 */
export const deleteSmartJob = operation({
  product: 'ice',
  action: 'DeleteSmartJob',
  summary: 'Deletes jobs, running ones too, with their result files. Objects that the caller named stay.',
  ramAction: 'ice:DeleteSmartJob',
  parameters: {
    JobId: { kind: 'text', required: true, description: `Job ids, separated by commas; at most ${MOST_JOB_IDS}.` },
  },
  answers: [],

  async handle({ caller, values }, { jobs, hints, outputs }) {
    if (/^[\s,]*$/.test(values.JobId)) return refuseMissing('JobId');
    const ids = readJobIds('JobId', values.JobId);
    if ('kind' in ids) return ids;
    for (const id of await jobs.delete(caller.account, ids)) hints.stopped(id);
    await outputs.forget(caller.account, ids);
    return answer({});
  },
});
