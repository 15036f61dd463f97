import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CatalogSource } from './catalog.ts';
import { checkSpace, isDiskFull } from './disk-space.ts';
import {
  installModel,
  type InstallOutcome,
  type InstallProgress,
  type ModelSource,
  type ModelTitle,
} from './install-model.ts';
import { readInstalled } from './installed-models.ts';
import { lockModel } from './lock-model.ts';
import { checkSource, type WrongHash } from './pull-model.ts';

export type Import = {
  readonly modelsDir: string;
  readonly title: ModelTitle;
  /** Absolute: the file that was named. */
  readonly file: string;
  /** What the catalog says of the model's files; empty for a model that it does not know. */
  readonly sources: readonly CatalogSource[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onUnpack: InstallProgress;
};

export type ImportOutcome =
  | (Extract<InstallOutcome, { kind: 'installed' }> & { readonly sources: readonly ModelSource[] })
  | Exclude<InstallOutcome, { kind: 'installed' }>
  | { readonly kind: 'already-installed' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-space'; readonly needed: number; readonly free: number }
  | { readonly kind: 'disk-full' }
  | WrongHash
  /** The model is made of several files, and this one does not lie beside the one that was named. */
  | { readonly kind: 'missing-source'; readonly path: string };

/** Installs a model from files that are here already; asks no network. */
export async function importModel(request: Import): Promise<ImportOutcome> {
  const { modelsDir, title } = request;
  const unlock = await lockModel(modelsDir, title.name);
  if (unlock === undefined) return { kind: 'busy' };
  try {
    if ((await readInstalled(modelsDir, title.name)).kind === 'installed') return { kind: 'already-installed' };
    return await checkAndInstall(request);
  } catch (error) {
    if (isDiskFull(error)) return { kind: 'disk-full' };
    throw error;
  } finally {
    unlock();
  }
}

async function checkAndInstall({ modelsDir, title, file, sources, now, onUnpack }: Import): Promise<ImportOutcome> {
  const checked: ModelSource[] = [];
  for (const { path, source } of pathsOf(file, sources)) {
    if (!(await isThere(path))) return { kind: 'missing-source', path };
    const one = await checkSource(path, source);
    if (!('path' in one)) return one;
    checked.push(one);
  }
  const space = await checkSpace(
    modelsDir,
    0,
    checked.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  if (space.kind === 'short') return { ...space, kind: 'no-space' };
  const outcome = await installModel({ modelsDir, title, sources: checked, now, onProgress: onUnpack });
  return outcome.kind === 'installed' ? { ...outcome, sources: checked } : outcome;
}

/** The further files of a model of the catalog are looked for beside the one that was named. */
function pathsOf(
  file: string,
  sources: readonly CatalogSource[],
): { readonly path: string; readonly source: CatalogSource | undefined }[] {
  if (sources.length === 0) return [{ path: file, source: undefined }];
  if (sources.length === 1) return [{ path: file, source: sources[0] }];
  return sources.map((source) => ({ path: join(dirname(file), source.file), source }));
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
