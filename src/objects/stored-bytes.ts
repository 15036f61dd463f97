import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId } from '../jobs/account.ts';
import { openBucket } from './bucket-owner.ts';
import { hasErrorCode } from './durable-file.ts';
import { isBookkeeping } from './object-path.ts';

/**
 * The bytes of all objects in the buckets of an account, by looking at every file of them; files that were put there
 * by hand count too.
 * @param root the folder of the folder store
 * @param bucket only of this one
 */
export async function storedBytes(root: string, account: AccountId, bucket?: string): Promise<number> {
  let bytes = 0;
  for (const name of bucket === undefined ? await readdir(root) : [bucket]) {
    // A bucket whose owner cannot be told is nobody's here; whoever uses it is told.
    const access = await openBucket(root, account, name).catch(() => undefined);
    if (access?.kind === 'open') bytes += await bytesIn(access.folder, (entry) => !isBookkeeping(entry));
  }
  return bytes;
}

async function bytesIn(folder: string, counts: (name: string) => boolean): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!counts(entry.name)) continue;
    if (entry.isDirectory()) bytes += await bytesIn(path, () => true);
    else if (entry.isFile()) bytes += await sizeOf(path);
  }
  return bytes;
}

/** A file that was removed meanwhile has none. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
