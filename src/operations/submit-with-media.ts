import type { AccountId } from '../jobs/account.ts';
import { RESERVED_MEDIA } from '../jobs/job-media.ts';
import type { QueueFull } from '../jobs/job-store.ts';
import type { MediaType } from '../jobs/media-entry.ts';
import type { JobDraft, SmartJob } from '../jobs/smart-job.ts';
import type { OperationServices } from './services.ts';

export type Submitted = { readonly job: SmartJob; readonly mediaId: string };

/**
 * Submits a job that writes the object of its output. The media id stands in the job, so it has to be there first; it
 * goes again where the job does not come about.
 */
export async function submitWithMedia(
  account: AccountId,
  draft: JobDraft,
  mediaType: MediaType,
  { jobs, media, hints, maxWaitingJobs = Infinity }: OperationServices,
): Promise<Submitted | QueueFull> {
  const address = `oss://${draft.outputBucket}/${draft.outputObject}`;
  const { title, userData } = draft;
  const { mediaId } = await media.reserve(account, { inputUrl: address, address, mediaType, title, userData });
  const parameters = { [RESERVED_MEDIA]: mediaId, ...draft.parameters };
  let job: SmartJob | QueueFull | undefined;
  try {
    job = await jobs.submit(account, { ...draft, parameters }, maxWaitingJobs);
    if ('kind' in job) return job;
    hints.submitted();
    return { job, mediaId };
  } finally {
    if (job === undefined || 'kind' in job) await media.delete(account, [{ mediaId }]);
  }
}
