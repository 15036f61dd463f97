import { createHash, randomUUID } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { readFile, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { contentTypeOf } from './content-type.ts';
import { hasErrorCode, makeFolder, replaceFile } from './durable-file.ts';
import { metaPath, TEMP_FOLDER } from './object-path.ts';
import type { ObjectInfo } from './object-store.ts';

/**
 * What a file does not tell of the object that it holds. Kept beside it, together with the identity of the file that
 * it was written for: a file that somebody put there by hand, or brought back from a backup, does not match it.
 */
export type ObjectRecord = { readonly file: string; readonly etag: string; readonly contentType: string };

export function fileIdentity(stat: BigIntStats): string {
  return `${stat.ino}-${stat.size}-${stat.mtimeNs}`;
}

/**
 * Remembers the record, in front of the one before. A put does this ahead of its rename: whichever of the two files
 * is there after a crash has its record.
 */
export async function saveRecord(bucketFolder: string, key: string, record: ObjectRecord): Promise<void> {
  const path = join(bucketFolder, metaPath(key));
  const previous = (await readRecords(path)).find(({ file }) => file !== record.file);
  const records = previous === undefined ? [record] : [record, previous];
  await makeFolder(dirname(path));
  const temporary = join(bucketFolder, TEMP_FOLDER, randomUUID());
  await replaceFile(path, temporary, `${JSON.stringify({ key, records })}\n`);
}

/**
 * Size, ETag and type of the object in this open file. Where no record fits the file, its ETag is computed at the
 * cost of reading it once, and remembered; its type is the last one known for the key, else what the extension says.
 */
export async function describeFile(bucketFolder: string, key: string, file: FileHandle): Promise<ObjectInfo> {
  const stat = await file.stat({ bigint: true });
  const identity = fileIdentity(stat);
  const records = await readRecords(join(bucketFolder, metaPath(key)));
  let record = records.find((candidate) => candidate.file === identity);
  if (record === undefined) {
    record = {
      file: identity,
      etag: await computeEtag(file),
      contentType: records[0]?.contentType ?? contentTypeOf(key),
    };
    const unchanged = fileIdentity(await file.stat({ bigint: true })) === identity;
    if (unchanged) await saveRecord(bucketFolder, key, record);
  }
  const { etag, contentType } = record;
  return { size: Number(stat.size), etag, contentType, lastModified: Number(stat.mtimeNs / 1_000_000n) };
}

/** Of an object that is gone. */
export async function forgetRecord(bucketFolder: string, key: string): Promise<void> {
  await rm(join(bucketFolder, metaPath(key)), { force: true });
}

async function computeEtag(file: FileHandle): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) hash.update(chunk as Buffer);
  return hash.digest('hex').toUpperCase();
}

async function readRecords(path: string): Promise<ObjectRecord[]> {
  try {
    const { records } = JSON.parse(await readFile(path, 'utf8')) as { records?: unknown };
    return Array.isArray(records) ? records.filter(isRecord) : [];
  } catch (error) {
    // A damaged record is as good as none: the next one replaces it.
    if (error instanceof SyntaxError || error instanceof TypeError || hasErrorCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function isRecord(value: unknown): value is ObjectRecord {
  const record = value as Partial<ObjectRecord> | null;
  return [record?.file, record?.etag, record?.contentType].every((field) => typeof field === 'string');
}
