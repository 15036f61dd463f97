import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import type { ArchiveKind } from './archive-kind.ts';
import { BrokenArchive } from './broken-archive.ts';
import { readBzip2 } from './bzip2.ts';
import { safeParts } from './safe-path.ts';

type Entry = Extract extends AsyncIterable<infer Item> ? Item : never;

/** A file that was unpacked. */
export type UnpackedFile = {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Of its content, in hex. */
  readonly sha256: string;
};

export type ExtractLimits = {
  /** Files and folders together. */
  readonly maxEntries: number;
  /** Bytes that the archive may unpack to, its headers included. */
  readonly maxBytes: number;
};

/** Piper's and Kokoro's archives have 400 entries, most of them the languages of espeak-ng. */
const MOST_ENTRIES = 5000;

/**
 * Weights hardly compress: the archives of the catalog unpack to 1.1 to 1.7 times their size.
 * @param archiveBytes of the archive
 */
export function limitsFor(archiveBytes: number): ExtractLimits {
  return { maxEntries: MOST_ENTRIES, maxBytes: 10 * archiveBytes + (16 << 20) };
}

/**
 * Unpacks an archive into an empty folder. Every file has reached the disk when it resolves.
 * @throws BrokenArchive, with part of the files left in the folder
 */
export async function extractArchive(
  archive: string,
  kind: ArchiveKind,
  folder: string,
  limits: ExtractLimits,
  onRead: (bytesOfArchive: number) => void = () => undefined,
): Promise<UnpackedFile[]> {
  const tar = extract();
  const feeding = pipeline(Readable.from(limited(unpack(readAll(archive, onRead), kind), limits.maxBytes)), tar);
  // Whoever reads the entries hears of it; this only keeps it from counting as unheard.
  feeding.catch(() => undefined);
  const files: UnpackedFile[] = [];
  const names = new NamesInUse();
  let entries = 0;
  try {
    for await (const entry of tar) {
      entries += 1;
      if (entries > limits.maxEntries) throw new BrokenArchive(`it has more than ${limits.maxEntries} entries`);
      const file = await unpackEntry(entry, folder, names);
      if (file !== undefined) files.push(file);
    }
    await feeding;
  } catch (error) {
    tar.destroy();
    throw asBroken(error);
  }
  if (files.length === 0) throw new BrokenArchive('it has no files');
  return files;
}

async function* readAll(archive: string, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of createReadStream(archive, { highWaterMark: 1 << 20 })) {
    yield piece as Buffer;
    bytes += (piece as Buffer).length;
    onRead(bytes);
  }
}

async function* unpack(packed: AsyncGenerator<Uint8Array>, kind: ArchiveKind): AsyncGenerator<Uint8Array> {
  if (kind === 'tar') yield* packed;
  else if (kind === 'tar.bz2') yield* readBzip2(packed);
  else {
    const gunzip = createGunzip();
    const feeding = pipeline(Readable.from(packed), gunzip);
    // An error of either side comes out of `gunzip` too.
    feeding.catch(() => undefined);
    yield* gunzip;
    await feeding;
  }
}

async function* limited(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) throw new BrokenArchive(`it unpacks to more than ${maxBytes} bytes`);
    yield piece;
  }
}

const LINKS = new Set(['link', 'symlink']);

async function unpackEntry(entry: Entry, folder: string, names: NamesInUse): Promise<UnpackedFile | undefined> {
  const { name, type } = entry.header;
  if (type !== 'file' && type !== 'directory' && type !== 'contiguous-file') {
    const what = LINKS.has(type ?? '') ? 'a link' : 'neither a file nor a folder';
    throw new BrokenArchive(`its entry ${JSON.stringify(name.slice(0, 200))} is ${what}`);
  }
  const parts = safeParts(name);
  if (type === 'directory') {
    names.addFolder(parts);
    entry.resume();
    return undefined;
  }
  if (parts.length === 0) throw new BrokenArchive(`its entry ${JSON.stringify(name)} has no name`);
  names.addFile(parts);
  const path = join(folder, ...parts);
  await mkdir(dirname(path), { recursive: true });
  return { path: parts.join('/'), ...(await writeEntry(entry, path)) };
}

async function writeEntry(entry: Entry, path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  // It must be new: two names that a file system takes for one would meet here too.
  const file = await open(path, 'wx');
  try {
    for await (const piece of entry as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      bytes += piece.byteLength;
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Names are compared as the file systems of Windows and macOS do it, so that an archive means the same everywhere. */
class NamesInUse {
  readonly #kinds = new Map<string, 'file' | 'folder'>();

  addFolder(parts: readonly string[]): void {
    for (let length = 1; length <= parts.length; length += 1) {
      const key = keyOf(parts.slice(0, length));
      if (this.#kinds.get(key) === 'file') refuseTwice(parts);
      this.#kinds.set(key, 'folder');
    }
  }

  addFile(parts: readonly string[]): void {
    this.addFolder(parts.slice(0, -1));
    const key = keyOf(parts);
    if (this.#kinds.has(key)) refuseTwice(parts);
    this.#kinds.set(key, 'file');
  }
}

function keyOf(parts: readonly string[]): string {
  return parts.join('/').normalize('NFC').toLowerCase();
}

function refuseTwice(parts: readonly string[]): never {
  throw new BrokenArchive(`it has the name ${JSON.stringify(parts.join('/'))} twice`);
}

/** What the readers of tar and gzip say of bad bytes is of the same kind as what ours says; a full disk is not. */
function asBroken(error: unknown): unknown {
  if (error instanceof BrokenArchive) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const isOfSystem = code !== undefined && /^E[A-Z0-9]+$/.test(code);
  return isOfSystem ? error : new BrokenArchive(message);
}
