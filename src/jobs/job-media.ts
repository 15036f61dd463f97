import type { MediaStatus } from './media-entry.ts';
import type { SmartJob } from './smart-job.ts';

/** The parameter of a job under which the id of the media stands that was reserved for its output. */
export const RESERVED_MEDIA = 'MediaId';

/** The media that was reserved for what the job writes, if it writes one. */
export function reservedMedia({ parameters }: Pick<SmartJob, 'parameters'>): string | undefined {
  return parameters[RESERVED_MEDIA];
}

/**
 * What the reserved media of a job is when the job has come into this state. Undefined: as it was; whoever writes the
 * file settles it, before the job is Finished.
 */
export function mediaStatusOf({ state }: Pick<SmartJob, 'state'>): MediaStatus | undefined {
  if (state === 'Failed') return 'PrepareFail';
  return state === 'Created' ? 'Preparing' : undefined;
}

/** The same where the job was deleted: a file that was not written by then is not going to be. */
export function mediaStatusWithout({ state }: Pick<SmartJob, 'state'>): MediaStatus | undefined {
  return state === 'Finished' ? undefined : 'PrepareFail';
}
