import { mkdir, statfs } from 'node:fs/promises';

/** An archive unpacks to at most this much of its size, as far as the catalog's go, and both lie there for a time. */
const UNPACKED = 2;

export type SpaceCheck =
  | { readonly kind: 'enough' }
  /** Bytes. */
  | { readonly kind: 'short'; readonly needed: number; readonly free: number };

/** @param toDownload bytes that are still to come @param toUnpack bytes of the archives */
export async function checkSpace(modelsDir: string, toDownload: number, toUnpack: number): Promise<SpaceCheck> {
  await mkdir(modelsDir, { recursive: true });
  const { bavail, bsize } = await statfs(modelsDir);
  const needed = toDownload + UNPACKED * toUnpack;
  const free = bavail * bsize;
  return free < needed ? { kind: 'short', needed, free } : { kind: 'enough' };
}

/** Whether the error says that the disk, or what of it this user may fill, is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code));
}
