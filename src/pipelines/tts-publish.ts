import { createReadStream } from 'node:fs';
import { assertNever } from '../base/assert-never.ts';
import { reservedMedia } from '../jobs/job-media.ts';
import type { PutOutcome } from '../objects/object-store.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step, StepFailure } from './steps.ts';
import type { Encoded } from './tts-work.ts';

/** The checkpoint that says which content this job puts into the caller's object. */
const OUTPUT = 'output';

/**
 * Puts the file where the caller wants it, whole or not at all. What it is going to put is written down before, under
 * the lease: so no run that lost its job puts anything, and a run after a crash knows its own object from another one
 * that it must not overwrite.
 */
export const putOutput: Step<Encoded, Encoded> = {
  name: 'Writing the object',
  weight: 2,
  async run(work) {
    const { run, parts, etag, joined } = work;
    const { account, outputBucket: bucket, outputObject: key } = run.job;
    const mine = await run.checkpoints.get(OUTPUT);
    const present = await parts.objects.head(account, bucket, key);
    const isPut = present.kind === 'found' && present.info.etag === mine;
    if (!isPut) {
      if (present.kind === 'found' && run.job.parameters['Overwrite'] === 'false') {
        return failed('OutputObjectExists', alreadyThere(bucket, key));
      }
      await run.checkpoints.save(OUTPUT, etag);
      const refusal = await put(work);
      if (refusal !== undefined) return refusal;
    }
    const mediaId = reservedMedia(run.job);
    const duration = Math.round(joined.seconds * 1000) / 1000;
    if (mediaId !== undefined) {
      await parts.mediaIds.settle(account, mediaId, { status: 'Normal', duration });
    }
    return done(work);
  },
};

/** For the owner of the job. */
export function alreadyThere(bucket: string, key: string): string {
  return `There is an object oss://${bucket}/${key}, and Overwrite is false: name another one, or leave Overwrite out.`;
}

async function put(work: Encoded): Promise<StepFailure | undefined> {
  const { run, parts } = work;
  const { account, id, outputBucket: bucket } = run.job;
  // Where it cannot be made, the put says why.
  await parts.objects.createBucket(account, bucket);
  let outcome = await putFile(work);
  if (outcome.kind === 'quota-exceeded') {
    // The chunks are as large as the whole, and are needed no more.
    await parts.workFiles.remove(account, [id]);
    outcome = await putFile(work);
  }
  if (outcome.kind === 'interrupted') throw new Error('the encoded file could not be read to its end');
  return outcome.kind === 'stored' ? undefined : refused(outcome, bucket);
}

async function putFile({ run, parts, outPath, etag }: Encoded): Promise<PutOutcome> {
  const { account, outputBucket: bucket, outputObject: key } = run.job;
  return await parts.objects.put(account, bucket, key, createReadStream(outPath), { expectedEtag: etag });
}

function refused(outcome: Exclude<PutOutcome, { kind: 'stored' | 'interrupted' }>, bucket: string): StepFailure {
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
