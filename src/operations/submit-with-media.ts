import type { AccountId } from '../jobs/account.ts';
import { reservingParameter } from '../jobs/job-media.ts';
import type { QueueFull } from '../jobs/job-store.ts';
import type { MediaType } from '../jobs/media-entry.ts';
import type { JobDraft, SmartJob } from '../jobs/smart-job.ts';
import type { SubmitToken, TokenOutcome } from '../jobs/submit-token.ts';
import type { OperationServices } from './services.ts';

export type Submitted = {
  readonly job: SmartJob;
  /** Of the first output. */
  readonly mediaId: string;
};

/** What only some submits have. */
export type SubmitDetails = {
  /** The objects that the job writes, at least one; else the one of the draft. */
  readonly outputs?: readonly { readonly bucket: string; readonly key: string }[];
  readonly token?: SubmitToken | undefined;
};

/**
 * Submits a job that writes the objects of its outputs. The media ids stand in the job, so they have to be there
 * first; they go again where the job does not come about.
 */
export async function submitWithMedia(
  account: AccountId,
  draft: JobDraft,
  mediaType: MediaType,
  services: OperationServices,
): Promise<Submitted | QueueFull>;
export async function submitWithMedia(
  account: AccountId,
  draft: JobDraft,
  mediaType: MediaType,
  services: OperationServices,
  details: SubmitDetails,
): Promise<Submitted | QueueFull | TokenOutcome>;
export async function submitWithMedia(
  account: AccountId,
  draft: JobDraft,
  mediaType: MediaType,
  services: OperationServices,
  { outputs = [{ bucket: draft.outputBucket, key: draft.outputObject }], token }: SubmitDetails = {},
): Promise<Submitted | QueueFull | TokenOutcome> {
  const { jobs, media, hints, maxWaitingJobs = Infinity } = services;
  const { title, userData } = draft;
  const mediaIds: string[] = [];
  let job: SmartJob | QueueFull | TokenOutcome | undefined;
  try {
    for (const { bucket, key } of outputs) {
      const address = `oss://${bucket}/${key}`;
      const entry = await media.reserve(account, { inputUrl: address, address, mediaType, title, userData });
      mediaIds.push(entry.mediaId);
    }
    const parameters = { ...reservingParameter(mediaIds), ...draft.parameters };
    job = await jobs.submit(account, { ...draft, parameters }, maxWaitingJobs, token);
    if ('kind' in job) return job;
    hints.submitted();
    return { job, mediaId: mediaIds[0] ?? '' };
  } finally {
    if (job === undefined || 'kind' in job) {
      await media.delete(
        account,
        mediaIds.map((mediaId) => ({ mediaId })),
      );
    }
  }
}
