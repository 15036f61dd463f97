import { createHash } from 'node:crypto';

/** Longest name that file systems take, in bytes, less the room that they may want for themselves. */
const MAX_SEGMENT_BYTES = 240;
/** Longer paths are put aside: with the data folder in front they must stay below 4096 bytes. */
const MAX_PATH_BYTES = 2000;

/**
 * Names in a bucket's folder that are not keys. In the path of a key a percent sign is followed by two hex digits,
 * `_` or `~`, so none begins like these.
 */
export const OWNER_FILE = '%bucket.json';
export const TEMP_FOLDER = '%tmp';
const META_FOLDER = '%meta';
const ASIDE_FOLDER = '%aside';

/** Whether a name at the top of a bucket's folder holds no objects. */
export function isBookkeeping(name: string): boolean {
  return name === OWNER_FILE || name === TEMP_FOLDER || name === META_FOLDER;
}

export type FileSystemTraits = {
  /** Whether `A` and `a` are one file there, as on macOS: then capitals and all beyond ASCII are escaped. */
  readonly foldsCase: boolean;
};

/**
 * Where an object lies, relative to the folder of its bucket; undefined for a key whose path would be too long.
 *
 * An ordinary key is its own path, so a bucket can be browsed and files can be dropped into it. The rest is escaped
 * byte by byte, `%XX`: percent signs, control characters and the dot segments, so that a path cannot leave the
 * folder. An empty segment (as in `folder/`) is `%_`, a segment longer than a file name may be is `%~` and its
 * SHA-256. No two keys have the same path.
 */
export function objectPath(key: string, traits: FileSystemTraits): string | undefined {
  const path = key
    .split('/')
    .map((segment) => pathSegment(segment, traits))
    .join('/');
  return Buffer.byteLength(path) > MAX_PATH_BYTES ? undefined : path;
}

/**
 * Where an object lies whose own path is taken: `a` while there is a folder `a`, `a/b` while there is a file `a`.
 */
export function asidePath(key: string): string {
  return `${ASIDE_FOLDER}/${hashedPath(key)}`;
}

/** Where the record of an object's content type and ETag lies. */
export function metaPath(key: string): string {
  return `${META_FOLDER}/${hashedPath(key)}.json`;
}

function pathSegment(segment: string, { foldsCase }: FileSystemTraits): string {
  if (segment === '') return '%_';
  if (segment === '.') return '%2E';
  if (segment === '..') return '%2E%2E';
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const unsafe = foldsCase ? /[\u0000-\u001f%\u007f-\u{10ffff}A-Z]/gu : /[\u0000-\u001f%\u007f]/g;
  const escaped = segment.replaceAll(unsafe, percentEscaped);
  return Buffer.byteLength(escaped) > MAX_SEGMENT_BYTES ? `%~${sha256(segment)}` : escaped;
}

function percentEscaped(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}

/** Two levels, so that no folder grows too large. */
function hashedPath(key: string): string {
  const hash = sha256(key);
  return `${hash.slice(0, 2)}/${hash.slice(2)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
