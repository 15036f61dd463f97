import type { AccountId } from '../jobs/account.ts';
import type { JobId } from '../jobs/job-id.ts';
import { RESULT_FILE_TYPES, type ResultFileType } from '../jobs/smart-job.ts';
import type { ObjectStore } from './object-store.ts';
import { resultsBucket } from './reserved-bucket.ts';

export type ResultFile = { readonly type: ResultFileType; readonly text: string };

export type WriteOutcome =
  /** The address of each file by its type, `oss://bucket/key`. */
  | { readonly kind: 'written'; readonly files: Readonly<Partial<Record<ResultFileType, string>>> }
  /** None was: the message says why, and what the account or the operator can do. */
  | { readonly kind: 'refused'; readonly message: string };

/** Browsers take text without a charset for something else than UTF-8. */
const FORMS: Readonly<Record<ResultFileType, { readonly name: string; readonly contentType: string }>> = {
  Json: { name: 'transcript.json', contentType: 'application/json' },
  Srt: { name: 'transcript.srt', contentType: 'application/x-subrip; charset=utf-8' },
  Vtt: { name: 'transcript.vtt', contentType: 'text/vtt; charset=utf-8' },
  Text: { name: 'transcript.txt', contentType: 'text/plain; charset=utf-8' },
};

/**
 * The files that the server itself writes for jobs, in a bucket of each account's own: `<JobId>/transcript.json` and
 * so on. A job has the same names in each of its runs, so that a later run replaces what an earlier one wrote.
 */
export class ResultFiles {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** Writes all of the files or none. */
  async write(account: AccountId, jobId: JobId, files: readonly ResultFile[]): Promise<WriteOutcome> {
    const bucket = resultsBucket(account);
    const created = await this.#objects.createBucket(account, bucket);
    if (created.kind !== 'created' && created.kind !== 'exists') return notWritten(bucket, created.kind);
    const addresses: Partial<Record<ResultFileType, string>> = {};
    for (const { type, text } of files) {
      const key = keyOf(jobId, type);
      const { contentType } = FORMS[type];
      const outcome = await this.#objects.put(account, bucket, key, inOneChunk(text), { contentType });
      if (outcome.kind !== 'stored') {
        await this.remove(account, [jobId]);
        return outcome.kind === 'quota-exceeded'
          ? quotaExceeded(outcome.maxBytes)
          : notWritten(bucket, outcome.kind);
      }
      addresses[type] = `oss://${bucket}/${key}`;
    }
    return { kind: 'written', files: addresses };
  }

  /** Removes all files of these jobs that there are, also of jobs that are not there any more. */
  async remove(account: AccountId, jobIds: readonly JobId[]): Promise<void> {
    const bucket = resultsBucket(account);
    if ((await this.#objects.hasBucket(account, bucket)).kind !== 'exists') return;
    for (const jobId of jobIds) {
      await Promise.all(RESULT_FILE_TYPES.map((type) => this.#objects.remove(account, bucket, keyOf(jobId, type))));
    }
  }
}

function keyOf(jobId: JobId, type: ResultFileType): string {
  return `${jobId}/${FORMS[type].name}`;
}

async function* inOneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function quotaExceeded(maxBytes: number): WriteOutcome {
  const message =
    `The result files were not written: the objects of the account may have ${maxBytes} bytes together ` +
    '(SMARTJOBS_MAX_OBJECT_BYTES). Delete objects or jobs, and submit the recording again.';
  return { kind: 'refused', message };
}

function notWritten(bucket: string, why: string): WriteOutcome {
  return { kind: 'refused', message: `The result files were not written: the bucket ${bucket} answered ${why}.` };
}
