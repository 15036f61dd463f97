import { basename } from 'node:path';
import type { ObjectName } from '../client/object-client.ts';
import { bucketNameProblem, objectKeyProblem } from '../objects/object-name.ts';
import { usageFailure, type Failure } from './failure.ts';

/**
 * Reads `oss://bucket/key`. Where a file name is given, `oss://bucket` and `oss://bucket/folder/` stand for an
 * object of that name in there, as with cp.
 */
export function objectArgument(
  text: string,
  file?: string,
): { readonly kind: 'object'; readonly object: ObjectName } | Failure {
  const [, bucket, key = ''] = /^oss:\/\/([^/]+)(?:\/(.*))?$/s.exec(text) ?? [];
  if (bucket === undefined) return usageFailure('Usage', `'${text}' is no object address: use oss://bucket/key.`);
  const isFolder = key === '' || key.endsWith('/');
  const object = { bucket, key: isFolder && file !== undefined ? `${key}${basename(file)}` : key };
  const problem = bucketNameProblem(bucket) ?? objectKeyProblem(object.key);
  return problem === undefined ? { kind: 'object', object } : usageFailure('Usage', problem);
}

export function objectUrl({ bucket, key }: ObjectName): string {
  return `oss://${bucket}/${key}`;
}

export function byteCount(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
