import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, readdir, realpath, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import type { AccountId } from '../jobs/account.ts';
import { claimBucket, openBucket, type BucketAccess } from './bucket-owner.ts';
import { contentTypeOf } from './content-type.ts';
import { hasErrorCode, makeFolder, syncFolder, writeBody } from './durable-file.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { objectKeyProblem } from './object-name.ts';
import { asidePath, objectPath, TEMP_FOLDER, type FileSystemTraits } from './object-path.ts';
import { describeFile, fileIdentity, forgetRecord, saveRecord } from './object-record.ts';
import type { FetchToOptions, ObjectStore, OpenObject, PutOptions, PutOutcome } from './object-store.ts';
import { removePlainFile } from './remove-object.ts';

/** What the file system says where a path leads through a file, ends in a folder, or is too long for it. */
const TAKEN = ['ENOTDIR', 'EEXIST', 'EISDIR', 'ENOTEMPTY', 'ENAMETOOLONG'];

/** Uploads that a killed process left behind are removed at the next start when they are a day old. */
const STALE_UPLOAD_MS = 24 * 3600 * 1000;

/**
 * The object store in a local folder: a folder for each bucket, and in it the objects under their own names where
 * that can be (see object-path.ts). A file that somebody drops into a bucket is an object from then on.
 */
export async function openFolderStore(rootFolder: string): Promise<ObjectStore> {
  await makeFolder(rootFolder);
  const root = await realpath(rootFolder);
  await removeStaleUploads(root);
  return new FolderStore(root, { foldsCase: await foldsCase(root) });
}

class FolderStore implements ObjectStore {
  readonly #root: string;
  readonly #traits: FileSystemTraits;
  readonly #changes = new KeyedQueue();

  constructor(root: string, traits: FileSystemTraits) {
    this.#root = root;
    this.#traits = traits;
  }

  createBucket(account: AccountId, bucket: string): ReturnType<ObjectStore['createBucket']> {
    return claimBucket(this.#root, account, bucket);
  }

  async hasBucket(account: AccountId, bucket: string): ReturnType<ObjectStore['hasBucket']> {
    const bucketAccess = await openBucket(this.#root, account, bucket);
    return bucketAccess.kind === 'open' ? { kind: 'exists' } : bucketAccess;
  }

  async put(
    account: AccountId,
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    options: PutOptions = {},
  ): Promise<PutOutcome> {
    const bucketAccess = await this.#accessTo(account, bucket, key);
    if (bucketAccess.kind !== 'open') return bucketAccess;
    const upload = join(bucketAccess.folder, TEMP_FOLDER, randomUUID());
    await makeFolder(dirname(upload));
    try {
      const hash = createHash('md5');
      const written = await writeBody(upload, body, { maxBytes: options.maxBytes, hash, sync: true });
      if (written.kind !== 'written') return { kind: written.kind };
      const etag = hash.digest('hex').toUpperCase();
      if (etag !== (options.expectedEtag ?? etag)) return { kind: 'digest-mismatch', etag };
      const contentType = options.contentType ?? contentTypeOf(key);
      const { mtimeMs } = await stat(upload);
      const installed = await this.#changes.run(`${bucket}/${key}`, async () => {
        if (options.ifAbsent === true && (await this.#isThere(bucketAccess.folder, key))) return false;
        await this.#install(bucketAccess.folder, key, upload, { etag, contentType });
        return true;
      });
      if (!installed) return { kind: 'exists' };
      return {
        kind: 'stored',
        info: { size: written.bytes, etag, contentType, lastModified: Math.trunc(mtimeMs) },
      };
    } finally {
      await rm(upload, { force: true });
    }
  }

  async head(account: AccountId, bucket: string, key: string): ReturnType<ObjectStore['head']> {
    const found = await this.read(account, bucket, key);
    if (found.kind !== 'found') return found;
    await found.object.close();
    return { kind: 'found', info: found.object.info };
  }

  async read(account: AccountId, bucket: string, key: string): ReturnType<ObjectStore['read']> {
    const bucketAccess = await this.#accessTo(account, bucket, key);
    if (bucketAccess.kind !== 'open') return bucketAccess;
    const file = await this.#openFile(bucketAccess.folder, key);
    if (file === undefined) return { kind: 'no-such-key' };
    try {
      const info = await describeFile(bucketAccess.folder, key, file);
      return { kind: 'found', object: openObject(file, info) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async fetchTo(
    account: AccountId,
    bucket: string,
    key: string,
    filePath: string,
    { maxBytes = Infinity, signal }: FetchToOptions = {},
  ): ReturnType<ObjectStore['fetchTo']> {
    signal?.throwIfAborted();
    const found = await this.read(account, bucket, key);
    if (found.kind !== 'found') return found;
    const { info } = found.object;
    if (info.size > maxBytes) {
      await found.object.close();
      return { kind: 'too-large', bytes: info.size };
    }
    const content = found.object.stream();
    const written = await writeBody(filePath, signal === undefined ? content : addAbortSignal(signal, content));
    if (written.kind === 'written') return { kind: 'fetched', bytes: written.bytes };
    signal?.throwIfAborted();
    throw written.kind === 'interrupted' ? written.cause : new Error('A copy without a limit went past it.');
  }

  async remove(account: AccountId, bucket: string, key: string): ReturnType<ObjectStore['remove']> {
    const bucketAccess = await this.#accessTo(account, bucket, key);
    if (bucketAccess.kind !== 'open') return bucketAccess;
    const { folder } = bucketAccess;
    return this.#changes.run(`${bucket}/${key}`, async () => {
      let removed = false;
      // From both places: what was put aside while the other was taken would come to light again.
      for (const place of this.#places(folder, key)) removed = (await removePlainFile(folder, place)) || removed;
      await forgetRecord(folder, key);
      return { kind: removed ? 'removed' : 'no-such-key' } as const;
    });
  }

  async #accessTo(account: AccountId, bucket: string, key: string): Promise<BucketAccess> {
    const message = objectKeyProblem(key);
    if (message !== undefined) return { kind: 'invalid-name', message };
    return openBucket(this.#root, account, bucket);
  }

  /** The two places where an object may lie, absolute, in the order in which they are tried. */
  #places(folder: string, key: string): string[] {
    const own = objectPath(key, this.#traits);
    return [...(own === undefined ? [] : [join(folder, own)]), join(folder, asidePath(key))];
  }

  async #openFile(folder: string, key: string): Promise<FileHandle | undefined> {
    for (const path of this.#places(folder, key)) {
      const file = await openPlainFile(path);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  async #isThere(folder: string, key: string): Promise<boolean> {
    const file = await this.#openFile(folder, key);
    await file?.close();
    return file !== undefined;
  }

  async #install(
    folder: string,
    key: string,
    upload: string,
    meta: { etag: string; contentType: string },
  ): Promise<void> {
    await saveRecord(folder, key, { file: fileIdentity(await stat(upload, { bigint: true })), ...meta });
    const places = this.#places(folder, key);
    const aside = places.at(-1) ?? '';
    for (const place of places) {
      if (!(await moveTo(upload, place))) continue;
      // What was put aside while the object's own place was taken is now the older version.
      if (place !== aside) await rm(aside, { force: true });
      return;
    }
    throw new Error(`No place for an object in ${folder}: a file or link is in the way of ${aside}.`);
  }
}

function openObject(file: FileHandle, info: OpenObject['info']): OpenObject {
  return {
    info,
    // Ends where the size says, even if somebody appends to the file meanwhile.
    stream: (range) => file.createReadStream(range ?? { start: 0, end: Math.max(info.size - 1, 0) }),
    close: () => file.close(),
  };
}

/** How often a folder may be removed, because it is empty, between its making and the move into it. */
const MOVES = 10;

/** False where the place is taken: the file system itself decides, so nothing can change between check and move. */
async function moveTo(file: string, place: string, tries = MOVES): Promise<boolean> {
  try {
    const parent = dirname(place);
    await makeFolder(parent);
    if ((await realpath(parent)) !== parent) return false;
    await rename(file, place);
    await syncFolder(parent);
    return true;
  } catch (error) {
    if (hasErrorCode(error, ...TAKEN)) return false;
    if (hasErrorCode(error, 'ENOENT') && tries > 1) return moveTo(file, place, tries - 1);
    throw error;
  }
}

/** The file, when it is one; a link anywhere on the way could lead out of the bucket and is not followed. */
async function openPlainFile(path: string): Promise<FileHandle | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).isFile() && (await realpath(path)) === path) return file;
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT', 'ELOOP', 'ENXIO', ...TAKEN)) {
      await file?.close();
      throw error;
    }
  }
  await file?.close();
  return undefined;
}

async function foldsCase(root: string): Promise<boolean> {
  const name = `%probe-${randomUUID()}`;
  await writeFile(join(root, name), '');
  try {
    await access(join(root, name.toUpperCase()));
    return true;
  } catch {
    return false;
  } finally {
    await rm(join(root, name), { force: true });
  }
}

async function removeStaleUploads(root: string): Promise<void> {
  for (const bucket of await readdir(root)) {
    const folder = join(root, bucket, TEMP_FOLDER);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const { mtimeMs } = await stat(join(folder, name));
      if (Date.now() - mtimeMs > STALE_UPLOAD_MS) await rm(join(folder, name), { force: true });
    }
  }
}
