import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assetPath } from '../engines/asset-path.ts';
import type { AccountId } from '../jobs/account.ts';
import type { ObjectStore } from '../objects/object-store.ts';

const BUCKET = 'samples';
const RECORDING = 'sense-and-sensibility.wav';

/**
 * Fills the samples bucket at the first start; what the user later does to it is left alone.
 * @returns the address of the recording, absent where the account has it no longer
 */
export async function ensureSamples(objects: ObjectStore, account: AccountId): Promise<string | undefined> {
  const bucket = await objects.createBucket(account, BUCKET);
  if (bucket.kind === 'created') {
    const folder = assetPath('samples');
    for (const file of await readdir(folder)) {
      if (file.endsWith('.wav')) await objects.put(account, BUCKET, file, createReadStream(join(folder, file)));
    }
  }
  const recording = await objects.head(account, BUCKET, RECORDING);
  return recording.kind === 'found' ? `oss://${BUCKET}/${RECORDING}` : undefined;
}
