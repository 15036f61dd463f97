import { open } from 'node:fs/promises';

export type ArchiveKind = 'tar.bz2' | 'tar.gz' | 'tar';

/** Where a tar file says what it is. */
const TAR_MARK = 257;

/** What a file is by its first bytes; undefined where it is none of the archives that models come in. */
export async function archiveKind(path: string): Promise<ArchiveKind | undefined> {
  const head = Buffer.alloc(TAR_MARK + 5);
  const file = await open(path, 'r');
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  if (head.toString('latin1', 0, 3) === 'BZh') return 'tar.bz2';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'tar.gz';
  return head.toString('latin1', TAR_MARK) === 'ustar' ? 'tar' : undefined;
}
