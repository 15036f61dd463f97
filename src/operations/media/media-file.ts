import { wireTime } from '../../base/wire-time.ts';
import type { AnswerObject } from '../../gateway/operation.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { MediaEntry } from '../../jobs/media-entry.ts';
import type { ObjectAddress } from '../../objects/object-address.ts';
import type { ObjectInfo } from '../../objects/object-store.ts';
import type { OperationServices } from '../services.ts';
import { fileName } from './file-kinds.ts';

/** How long the signed URLs of an answer hold: an hour, at most the seven days of such a URL. */
export const AUTH_TIMEOUT = {
  kind: 'integer',
  min: 1,
  max: 604_800,
  default: 3600,
  description: 'Seconds for which FileUrl can be used.',
} as const;

type ObjectAt = Extract<ObjectAddress, { kind: 'object' }>;
type FoundObject = { readonly bucket: string; readonly key: string; readonly info: ObjectInfo };

/** The object that an address means, where it is there. Another account's is not. */
export async function findObject(
  account: AccountId,
  { bucket, key, decodedKey }: ObjectAt,
  objects: OperationServices['objects'],
): Promise<FoundObject | undefined> {
  for (const candidate of decodedKey === undefined ? [key] : [key, decodedKey]) {
    const found = await objects.head(account, bucket, candidate);
    if (found.kind === 'found') return { bucket, key: candidate, info: found.info };
  }
  return undefined;
}

/** FileInfoList of an answer: what is known of the file at this moment. */
export async function fileInfoList(
  account: AccountId,
  entry: MediaEntry,
  authTimeout: number,
  { objects, addressOf, signedUrl }: OperationServices,
): Promise<readonly AnswerObject[]> {
  const address = addressOf(entry.address);
  // What lies there while a job writes is another file, which it will replace.
  if (address.kind === 'invalid' || entry.status === 'Preparing') return [];
  const named = {
    FileName: fileName(entry.address),
    FileStatus: 'Normal',
    FileType: 'source_file',
    Duration: entry.duration === undefined ? undefined : String(entry.duration),
  };
  // Nobody goes to look at a public URL for a list.
  if (address.kind === 'url') return [{ FileBasicInfo: { ...named, FileStatus: undefined, FileUrl: address.url } }];
  const object = await findObject(account, address, objects);
  if (object === undefined) return [];
  const { bucket, key, info } = object;
  const FileBasicInfo = {
    ...named,
    FileSize: String(info.size),
    FileUrl: signedUrl?.(account, { bucket, key }, authTimeout),
    ModifiedTime: wireTime(info.lastModified),
  };
  return [{ FileBasicInfo }];
}
