import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { assertNever } from '../base/assert-never.ts';
import { reservedMediaIds } from '../jobs/job-media.ts';
import type { MediaStore } from '../jobs/media-store.ts';
import type { ObjectStore, PutOutcome } from '../objects/object-store.ts';
import type { PipelineRun } from './pipeline.ts';
import { failed } from './step-outcomes.ts';
import type { StepFailure } from './steps.ts';

export type PublishParts = {
  readonly objects: Pick<ObjectStore, 'createBucket' | 'head' | 'put'>;
  readonly mediaIds: Pick<MediaStore, 'settle'>;
};

/** A file that the caller gets, as an object of the bucket that the job names. */
export type OutputFile = { readonly path: string; readonly key: string };

/** Under it a checkpoint says which content this job puts into the caller's object. */
const OUTPUT = 'output';

/**
 * Puts a file where the caller wants it, whole or not at all. What it is going to put is written down before, under
 * the lease: so no run that lost its job puts anything, and a run after a crash knows its own object from another one
 * that it must not overwrite. Its own is replaced where another content was made since, as by a retry from a step.
 * @param makeRoom called once where the quota of the account is reached, before it is tried again
 */
export async function publishOutput(
  run: PipelineRun,
  parts: PublishParts,
  file: OutputFile,
  makeRoom?: () => Promise<unknown>,
): Promise<StepFailure | undefined> {
  const { account, outputBucket: bucket, parameters } = run.job;
  const { key } = file;
  const etag = await md5Of(file.path);
  const present = await parts.objects.head(account, bucket, key);
  const there = present.kind === 'found' ? present.info.etag : undefined;
  const mine = await etagsOf(run, key);
  if (there === etag && mine.at(-1) === etag) return undefined;
  const isMine = there !== undefined && mine.includes(there);
  const ifAbsent = parameters['Overwrite'] === 'false' && !isMine;
  if (there !== undefined && ifAbsent) return failed('OutputObjectExists', alreadyThere(bucket, key));
  // Until the new one is there, the old one is still the job's own.
  await run.checkpoints.save(checkpointOf(run, key), isMine ? `${there} ${etag}` : etag);
  return await put(run, parts, { ...file, etag, ifAbsent }, makeRoom);
}

/** Whether the object is there, and is the one that this job has put last. */
export async function isPublished(run: PipelineRun, { objects }: PublishParts, key: string): Promise<boolean> {
  const mine = (await etagsOf(run, key)).at(-1);
  if (mine === undefined) return false;
  const present = await objects.head(run.job.account, run.job.outputBucket, key);
  return present.kind === 'found' && present.info.etag === mine;
}

/** Of what this job has put there, or was about to put; the last one last. */
async function etagsOf(run: PipelineRun, key: string): Promise<readonly string[]> {
  return (await run.checkpoints.get(checkpointOf(run, key)))?.split(' ') ?? [];
}

function checkpointOf({ job }: PipelineRun, key: string): string {
  return key === job.outputObject ? OUTPUT : `${OUTPUT} ${key}`;
}

/** The media that were reserved for the outputs are there. @param seconds how long each of them is */
export async function settleMedia({ job }: PipelineRun, parts: PublishParts, seconds: number): Promise<void> {
  const duration = Math.round(seconds * 1000) / 1000;
  for (const mediaId of reservedMediaIds(job)) {
    await parts.mediaIds.settle(job.account, mediaId, { status: 'Normal', duration });
  }
}

/** For the owner of the job. */
export function alreadyThere(bucket: string, key: string): string {
  return `There is an object oss://${bucket}/${key}, and Overwrite is false: name another one, or leave Overwrite out.`;
}

/** As the object store has it: in upper case. */
async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex').toUpperCase();
}

async function put(
  { job }: PipelineRun,
  { objects }: PublishParts,
  { path, key, etag, ifAbsent }: OutputFile & { readonly etag: string; readonly ifAbsent: boolean },
  makeRoom: (() => Promise<unknown>) | undefined,
): Promise<StepFailure | undefined> {
  const { account, outputBucket: bucket } = job;
  // Where it cannot be made, the put says why.
  await objects.createBucket(account, bucket);
  const putFile = (): Promise<PutOutcome> =>
    objects.put(account, bucket, key, createReadStream(path), { expectedEtag: etag, ifAbsent });
  let outcome = await putFile();
  if (outcome.kind === 'quota-exceeded' && makeRoom !== undefined) {
    await makeRoom();
    outcome = await putFile();
  }
  if (outcome.kind === 'interrupted') throw new Error('the file of the output could not be read to its end');
  if (outcome.kind === 'exists') return failed('OutputObjectExists', alreadyThere(bucket, key));
  return outcome.kind === 'stored' ? undefined : refused(outcome, bucket);
}

function refused(
  outcome: Exclude<PutOutcome, { kind: 'stored' | 'interrupted' | 'exists' }>,
  bucket: string,
): StepFailure {
  switch (outcome.kind) {
    case 'bucket-of-another-account':
      return failed('OutputNotWritten', `The bucket '${bucket}' belongs to another account: name one of your own.`);
    case 'invalid-name':
      return failed('OutputNotWritten', outcome.message);
    case 'quota-exceeded': {
      const limit = `the objects of the account may have ${outcome.maxBytes} bytes together`;
      return failed('OutputNotWritten', `The output was not written: ${limit}. Delete some, then retry the job.`);
    }
    case 'no-such-bucket':
    case 'too-large':
    case 'digest-mismatch':
      return failed('OutputNotWritten', `The object store answered ${outcome.kind}. RetrySmartJob tries it again.`);
    default:
      return assertNever(outcome);
  }
}
