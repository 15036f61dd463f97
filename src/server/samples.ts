import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assetPath } from '../engines/asset-path.ts';
import type { AccountId } from '../jobs/account.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ServerFacts } from '../store/sqlite/server-facts.ts';

const BUCKET = 'samples';
const RECORDING = 'sense-and-sensibility.wav';

/** Kept in the store once the bucket was filled. */
const FILLED = 'samples';

/**
 * Fills the samples bucket at the first start, or goes on where a first start was cut short; what the user later does
 * to it is left alone.
 * @returns the address of the recording, absent where the account has it no longer
 */
export async function ensureSamples(
  objects: ObjectStore,
  account: AccountId,
  facts: ServerFacts,
): Promise<string | undefined> {
  const bucket = await objects.createBucket(account, BUCKET);
  if (bucket.kind === 'created' || (bucket.kind === 'exists' && facts.get(FILLED) === undefined)) {
    const folder = assetPath('samples');
    for (const file of await readdir(folder)) {
      if (file.endsWith('.wav')) await objects.put(account, BUCKET, file, createReadStream(join(folder, file)));
    }
    facts.set(FILLED, 'filled');
  }
  const recording = await objects.head(account, BUCKET, RECORDING);
  return recording.kind === 'found' ? `oss://${BUCKET}/${RECORDING}` : undefined;
}
