import { refuse, type Refusal } from '../gateway/api-error.ts';
import type { QueueFull } from '../jobs/job-store.ts';

/** The account has used up its part of the queue. */
export function queueFull({ waiting }: QueueFull): Refusal {
  return refuse(
    'QuotaExceeded',
    `The account has ${waiting} jobs that wait or run, as many as this server lets it have. ` +
      'Try again when one of them has ended, or cancel or delete one.',
  );
}
