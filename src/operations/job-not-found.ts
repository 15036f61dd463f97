import { refuse, type Refusal } from '../gateway/api-error.ts';

/** One answer for an id that is unknown, malformed, deleted or another account's, so that it tells nothing. */
export function jobNotFound(jobId: string): Refusal {
  return refuse('InvalidParameter.JobNotFound', `The account has no job '${jobId.slice(0, 64)}'.`);
}
