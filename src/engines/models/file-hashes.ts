import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The hashes of all files of a model, in the form that `sha256sum -c` reads too. */
export const HASHES_FILE = 'checksums.sha256';

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** @param hashes by path, relative to the model's folder */
export async function writeHashes(folder: string, hashes: ReadonlyMap<string, string>): Promise<void> {
  const lines = [...hashes].map(([path, hash]) => `${hash}  ${path}\n`);
  await writeDurably(join(folder, HASHES_FILE), lines.join(''));
}

/** By path, relative to the model's folder; undefined where the list is not as we write it. */
export async function readHashes(folder: string): Promise<ReadonlyMap<string, string> | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, HASHES_FILE), 'utf8');
  } catch {
    return undefined;
  }
  const hashes = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, hash, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || path === undefined) return undefined;
    hashes.set(path, hash);
  }
  return text.endsWith('\n') ? hashes : undefined;
}

export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
