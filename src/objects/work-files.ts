import { createReadStream } from 'node:fs';
import type { AccountId } from '../jobs/account.ts';
import type { JobId } from '../jobs/job-id.ts';
import type { ObjectStore } from './object-store.ts';
import { resultsBucket } from './reserved-bucket.ts';

/** More than run at the same time. */
const JOBS_REMEMBERED = 1000;

/**
 * What a job has made so far and goes on from after a crash: numbered objects in the bucket of results of its account,
 * `work/<JobId>/000000` and so on. They are made in the order of their numbers and removed from the last to the first,
 * so that there is never one behind a gap, and all can be found again where nobody knows how many there are.
 */
export class WorkFiles {
  readonly #objects: ObjectStore;
  /**
   * The number that this process wrote last, of each job. A file that is on its way while its job is deleted arrives
   * behind the gap that the removal left: the removal at the end of the run would not find it by looking.
   */
  readonly #written = new Map<JobId, number>();

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** @returns what names this version of the file; undefined where the store does not take it: then the work goes on */
  async keep(account: AccountId, jobId: JobId, index: number, path: string): Promise<string | undefined> {
    this.#remember(jobId, index);
    const bucket = resultsBucket(account);
    const created = await this.#objects.createBucket(account, bucket);
    if (created.kind !== 'created' && created.kind !== 'exists') return undefined;
    const contentType = 'application/octet-stream';
    const body = createReadStream(path);
    const outcome = await this.#objects.put(account, bucket, keyOf(jobId, index), body, { contentType });
    return outcome.kind === 'stored' ? outcome.info.etag : undefined;
  }

  /** @returns whether it was there in this version and now lies at the path */
  async fetch(
    account: AccountId,
    jobId: JobId,
    { index, version }: { readonly index: number; readonly version: string },
    path: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const [bucket, key] = [resultsBucket(account), keyOf(jobId, index)];
    const found = await this.#objects.head(account, bucket, key);
    if (found.kind !== 'found' || found.info.etag !== version) return false;
    return (await this.#objects.fetchTo(account, bucket, key, path, { signal })).kind === 'fetched';
  }

  /** Removes all of these jobs that there are, also of jobs that are not there any more. */
  async remove(account: AccountId, jobIds: readonly JobId[]): Promise<void> {
    const bucket = resultsBucket(account);
    if ((await this.#objects.hasBucket(account, bucket)).kind !== 'exists') return;
    for (const jobId of jobIds) {
      const last = Math.max((await this.count(account, jobId)) - 1, this.#written.get(jobId) ?? -1);
      for (let index = last; index >= 0; index -= 1) {
        await this.#objects.remove(account, bucket, keyOf(jobId, index));
      }
    }
  }

  /** How many a job has, and with that the number of the next one. It asks for each of them. */
  async count(account: AccountId, jobId: JobId): Promise<number> {
    for (let index = 0; ; index += 1) {
      const found = await this.#objects.head(account, resultsBucket(account), keyOf(jobId, index));
      if (found.kind !== 'found') return index;
    }
  }

  #remember(jobId: JobId, index: number): void {
    this.#written.delete(jobId);
    this.#written.set(jobId, index);
    const [oldest] = this.#written.keys();
    if (this.#written.size > JOBS_REMEMBERED && oldest !== undefined) this.#written.delete(oldest);
  }
}

function keyOf(jobId: JobId, index: number): string {
  return `work/${jobId}/${String(index).padStart(6, '0')}`;
}
