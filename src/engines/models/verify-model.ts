import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { HASHES_FILE, hashFile, readHashes } from './file-hashes.ts';
import { readInstalled } from './installed-models.ts';

export type Difference = {
  /** Relative to the model's folder; empty where it is about the model as a whole. */
  readonly path: string;
  /** A sentence without a full stop. */
  readonly what: string;
};

export type Verification = {
  readonly name: string;
  /** Files that were compared. */
  readonly files: number;
  readonly differences: readonly Difference[];
};

/** Hashes all files of a model and compares them with what was written down when it was installed. */
export async function verifyModel(modelsDir: string, name: string): Promise<Verification> {
  const folder = join(modelsDir, name);
  const differences: Difference[] = [];
  const read = await readInstalled(modelsDir, name);
  if (read.kind === 'broken') differences.push({ path: '', what: read.reason });
  const hashes = await readHashes(folder);
  if (hashes === undefined) {
    return { name, files: 0, differences: [...differences, { path: HASHES_FILE, what: 'cannot be read' }] };
  }
  for (const [path, expected] of hashes) {
    const found = await hashOrReason(join(folder, path));
    if (found !== expected) differences.push({ path, what: differenceOf(expected, found) });
  }
  for (const path of await filesIn(folder)) {
    if (path !== HASHES_FILE && !hashes.has(path))
      differences.push({ path, what: 'was not there when it was installed' });
  }
  return { name, files: hashes.size, differences };
}

function differenceOf(expected: string, found: string | Error): string {
  if (typeof found === 'string') return `has sha256 ${found}, not ${expected}`;
  return (found as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : `cannot be read: ${found.message}`;
}

async function hashOrReason(path: string): Promise<string | Error> {
  try {
    return await hashFile(path);
  } catch (error) {
    return error as Error;
  }
}

/** Everything below the folder that is no folder: a link too. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory() ? [] : [relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')],
  );
}
