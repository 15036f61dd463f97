import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What of a download is here already, and how the server called the version that it is of. */
export type Part = {
  readonly bytes: number;
  /** For If-Range: a strong ETag or a date. Without one a part cannot be continued. */
  readonly validator: string | undefined;
};

const NOTHING: Part = { bytes: 0, validator: undefined };

/** The file `PATH.part` grows; once it is complete it is renamed to PATH. `PATH.version` is what it belongs to. */
export function partPath(path: string): string {
  return `${path}.part`;
}

function versionPath(path: string): string {
  return `${path}.version`;
}

export async function readPart(path: string): Promise<Part> {
  try {
    const { size } = await stat(partPath(path));
    const validator = await readFile(versionPath(path), 'utf8');
    return { bytes: size, validator: validator === '' ? undefined : validator };
  } catch {
    return NOTHING;
  }
}

/** Forgets the part, and remembers which version the next one is of. */
export async function beginPart(path: string, validator: string | undefined): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(partPath(path), { force: true });
  await writeFile(versionPath(path), validator ?? '');
}

export async function finishPart(path: string): Promise<void> {
  await rename(partPath(path), path);
  await rm(versionPath(path), { force: true });
}

/** Removes all of a download. */
export async function discardDownload(path: string): Promise<void> {
  for (const file of [path, partPath(path), versionPath(path)]) await rm(file, { force: true });
}
