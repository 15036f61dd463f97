import { refuseValue, type Refusal } from '../gateway/api-error.ts';
import { parseJobId, type JobId } from '../jobs/job-id.ts';

/** As many ids as one call may name. */
export const MOST_JOB_IDS = 100;

/**
 * Reads ids separated by commas; spaces around them and repeats are allowed. Those that no job can have are left out,
 * like those that no job has.
 */
export function readJobIds(name: string, text: string): JobId[] | Refusal {
  const given = new Set(text.split(',').map((id) => id.trim()));
  given.delete('');
  if (given.size === 0 || given.size > MOST_JOB_IDS)
    return refuseValue(name, `${given.size} ids`, `1-${MOST_JOB_IDS} ids`);
  return [...given].map(parseJobId).filter((id) => id !== undefined);
}
