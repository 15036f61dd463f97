import { randomUUID } from 'node:crypto';
import { link, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId } from '../jobs/account.ts';
import { hasErrorCode, makeFolder, syncFolder, writeBody } from './durable-file.ts';
import { bucketNameProblem } from './object-name.ts';
import { OWNER_FILE, TEMP_FOLDER } from './object-path.ts';
import type { BucketProblem } from './object-store.ts';
import { isReservedForOthers } from './reserved-bucket.ts';

export type BucketAccess = { readonly kind: 'open'; readonly folder: string } | BucketProblem;

/** The bucket's folder, for its owner. A folder that nobody owns is no bucket yet. */
export async function openBucket(root: string, account: AccountId, bucket: string): Promise<BucketAccess> {
  const message = bucketNameProblem(bucket);
  if (message !== undefined) return { kind: 'invalid-name', message };
  const owner = await ownerOf(join(root, bucket));
  if (owner === undefined) return { kind: 'no-such-bucket' };
  if (owner !== account) return { kind: 'bucket-of-another-account' };
  // An operator may keep a bucket elsewhere by a symbolic link; inside of a bucket, links are not followed.
  return { kind: 'open', folder: await realpath(join(root, bucket)) };
}

/** Makes the account the owner, unless there is one. A folder made by hand is taken over with its files. */
export async function claimBucket(
  root: string,
  account: AccountId,
  bucket: string,
): Promise<{ readonly kind: 'created' | 'exists' } | BucketProblem> {
  const message = bucketNameProblem(bucket);
  if (message !== undefined) return { kind: 'invalid-name', message };
  if (isReservedForOthers(account, bucket)) return { kind: 'bucket-of-another-account' };
  const folder = join(root, bucket);
  await makeFolder(join(folder, TEMP_FOLDER));
  const temporary = join(folder, TEMP_FOLDER, randomUUID());
  await writeBody(temporary, oneChunk(`${JSON.stringify({ account })}\n`), { sync: true });
  try {
    // Unlike a rename, a link fails where the name exists: of two who claim at once, one wins.
    await link(temporary, join(folder, OWNER_FILE));
    await syncFolder(folder);
    return { kind: 'created' };
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error;
    const access = await openBucket(root, account, bucket);
    return access.kind === 'open' ? { kind: 'exists' } : access;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function ownerOf(folder: string): Promise<string | undefined> {
  const path = join(folder, OWNER_FILE);
  try {
    const { account } = JSON.parse(await readFile(path, 'utf8')) as { account?: unknown };
    if (typeof account === 'string') return account;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Error(`The file that names the owner of a bucket is damaged: ${path}. Restore it from a backup.`);
}
