import { lstat, realpath, rmdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasErrorCode, syncFolder } from './durable-file.ts';

/** What the file system says where there is no such file. */
const ABSENT = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'];

/**
 * Removes the file durably, and the folders above it that it leaves empty.
 * @param folder of the bucket; stays, and nothing outside of it is touched
 * @returns false where there is no plain file: a link is not followed, and is none
 */
export async function removePlainFile(folder: string, path: string): Promise<boolean> {
  const parent = dirname(path);
  try {
    if (!(await lstat(path)).isFile() || (await realpath(parent)) !== parent) return false;
    await unlink(path);
    await syncFolder(parent);
  } catch (error) {
    if (hasErrorCode(error, ...ABSENT)) return false;
    throw error;
  }
  await removeEmptyFolders(folder, parent);
  return true;
}

/** A folder into which somebody puts a file meanwhile is not empty and stays. */
async function removeEmptyFolders(folder: string, lowest: string): Promise<void> {
  for (let path = lowest; path.startsWith(`${folder}/`); path = dirname(path)) {
    try {
      await rmdir(path);
    } catch (error) {
      if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) return;
      if (!hasErrorCode(error, ...ABSENT)) throw error;
    }
  }
}
