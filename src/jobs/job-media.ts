import type { MediaStatus } from './media-entry.ts';
import type { SmartJob } from './smart-job.ts';

/** The parameter of a job under which the ids of the media stand that were reserved for its outputs. */
const RESERVED_MEDIA = 'MediaId';

/** The parameter that keeps these ids in a job, in the order of its outputs. */
export function reservingParameter(mediaIds: readonly string[]): Readonly<Record<string, string>> {
  return { [RESERVED_MEDIA]: mediaIds.join(',') };
}

/** The media that were reserved for what the job writes, in the order of its outputs. */
export function reservedMediaIds({ parameters }: Pick<SmartJob, 'parameters'>): string[] {
  const ids = parameters[RESERVED_MEDIA];
  return ids === undefined ? [] : ids.split(',');
}

/** The first of them: the only one of a job that writes one. */
export function reservedMedia(job: Pick<SmartJob, 'parameters'>): string | undefined {
  return reservedMediaIds(job)[0];
}

/**
 * What the reserved media of a job are when the job has come into this state. Undefined: as it was; whoever writes the
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
