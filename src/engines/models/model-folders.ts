import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the downloads of a model lie; hidden, as is all in the models folder that is no model. */
export function downloadFolder(modelsDir: string, name: string): string {
  return join(modelsDir, '.downloads', name);
}

/** A folder to make a model in, which becomes the model by one renaming. */
export async function makeStaging(modelsDir: string, name: string): Promise<string> {
  await mkdir(modelsDir, { recursive: true });
  await removeLeftovers(modelsDir, name);
  const staging = join(modelsDir, `${stagingPrefix(name)}${ending()}`);
  // Not mkdtemp, whose folders no other user can read: the server may be another.
  await mkdir(staging);
  return staging;
}

function stagingPrefix(name: string): string {
  return `.staging-${name}-`;
}

/** What a killed run left; its lock was free, so nobody works there. */
async function removeLeftovers(modelsDir: string, name: string): Promise<void> {
  for (const entry of await readdir(modelsDir)) {
    const rest = entry.startsWith(stagingPrefix(name)) ? entry.slice(stagingPrefix(name).length) : '';
    // Another model's name may begin with this one's.
    if (/^[0-9a-f]{8}$/.test(rest)) await rm(join(modelsDir, entry), { recursive: true, force: true });
  }
}

/** Puts the finished folder in its place, durably; what stood there, a broken model, goes. */
export async function settle(staging: string, modelsDir: string, name: string): Promise<void> {
  await removeModelFolder(modelsDir, name);
  await rename(staging, join(modelsDir, name));
  await syncFolder(modelsDir);
}

/** Renames first: an engine never sees half of a model. @returns whether there was one */
export async function removeModelFolder(modelsDir: string, name: string): Promise<boolean> {
  const gone = join(modelsDir, `${stagingPrefix(name)}${ending()}`);
  try {
    await rename(join(modelsDir, name), gone);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  await syncFolder(modelsDir);
  await rm(gone, { recursive: true, force: true });
  return true;
}

function ending(): string {
  return randomBytes(4).toString('hex');
}

/** A new or renamed name survives a power cut only when its folder was synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Syncs the folders that the files lie in, and those above them up to the root. */
export async function syncFoldersOf(root: string, paths: readonly string[]): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) await syncFolder(join(root, folder));
  await syncFolder(root);
}
