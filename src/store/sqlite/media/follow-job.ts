import { mediaStatusOf, mediaStatusWithout, reservedMediaIds } from '../../../jobs/job-media.ts';
import type { MediaStatus } from '../../../jobs/media-entry.ts';
import type { SmartJob } from '../../../jobs/smart-job.ts';
import type { Statements } from '../statements.ts';

const FOLLOW = 'UPDATE media SET status = ?, modified_at = ? WHERE id = ? AND account = ?';

/** Keeps the media that were reserved for a job in step with it, in the transaction that changes the job. */
export function followJob(statements: Statements, job: SmartJob): void {
  change(statements, job, mediaStatusOf(job));
}

/** @param now milliseconds since the epoch */
export function followDeletion(statements: Statements, job: SmartJob, now: number): void {
  change(statements, { ...job, modifiedAt: now }, mediaStatusWithout(job));
}

function change(statements: Statements, job: SmartJob, status: MediaStatus | undefined): void {
  if (status === undefined) return;
  for (const mediaId of reservedMediaIds(job)) {
    statements.run(FOLLOW, status, job.modifiedAt, mediaId, job.account);
  }
}
