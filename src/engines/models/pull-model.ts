import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { archiveKind } from './archive-kind.ts';
import { sourceUrl, type CatalogModel, type CatalogSource } from './catalog.ts';
import { checkSpace, isDiskFull } from './disk-space.ts';
import { downloadFile, type DownloadOutcome } from './download-file.ts';
import { hashFile } from './file-hashes.ts';
import { installModel, type InstallOutcome, type InstallProgress, type ModelSource } from './install-model.ts';
import { readInstalled } from './installed-models.ts';
import { lockModel } from './lock-model.ts';
import { downloadFolder } from './model-folders.ts';
import { discardDownload, readPart } from './part-file.ts';

export type Pull = {
  readonly modelsDir: string;
  readonly model: CatalogModel;
  /** Where the releases lie, without a slash at the end; may carry a user and a password. */
  readonly base: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly onDownload: (file: string, received: number, total: number | undefined) => void;
  readonly onRetry: (reason: string, pause: number) => void;
  readonly onUnpack: InstallProgress;
};

export type WrongHash = {
  readonly kind: 'wrong-hash';
  readonly file: string;
  readonly expected: string;
  readonly found: string;
};

export type PullOutcome =
  | (Extract<InstallOutcome, { kind: 'installed' }> & { readonly sources: readonly ModelSource[] })
  | Exclude<InstallOutcome, { kind: 'installed' }>
  | { readonly kind: 'already-installed' }
  | { readonly kind: 'bundled' }
  /** Another process changes this model. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-space'; readonly needed: number; readonly free: number }
  /** It was full in the middle; what was downloaded is kept. */
  | { readonly kind: 'disk-full' }
  | WrongHash
  | (Exclude<DownloadOutcome, { kind: 'downloaded' }> & { readonly file: string });

/** Downloads a model, checks it, and installs it. */
export async function pullModel(pull: Pull): Promise<PullOutcome> {
  const { modelsDir, model } = pull;
  if (model.bundled !== undefined) return { kind: 'bundled' };
  const unlock = await lockModel(modelsDir, model.name);
  if (unlock === undefined) return { kind: 'busy' };
  try {
    if ((await readInstalled(modelsDir, model.name)).kind === 'installed') return { kind: 'already-installed' };
    const space = await spaceFor(pull);
    if (space.kind === 'short') return { ...space, kind: 'no-space' };
    return await fetchAndInstall(pull);
  } catch (error) {
    if (isDiskFull(error)) return { kind: 'disk-full' };
    throw error;
  } finally {
    unlock();
  }
}

async function spaceFor({ modelsDir, model }: Pull): ReturnType<typeof checkSpace> {
  let toDownload = 0;
  let toUnpack = 0;
  for (const { file, bytes = 0 } of model.sources) {
    const path = join(downloadFolder(modelsDir, model.name), file);
    const here = (await sizeOf(path)) ?? (await readPart(path)).bytes;
    toDownload += Math.max(0, bytes - here);
    toUnpack += bytes;
  }
  return checkSpace(modelsDir, toDownload, toUnpack);
}

async function fetchAndInstall(pull: Pull): Promise<PullOutcome> {
  const { modelsDir, model, now, onUnpack } = pull;
  const sources: ModelSource[] = [];
  for (const source of model.sources) {
    const fetched = await fetchSource(pull, source);
    if (!('path' in fetched)) return fetched;
    sources.push(fetched);
  }
  const outcome = await installModel({ modelsDir, title: model, sources, now, onProgress: onUnpack });
  // A broken archive is of no use to the next attempt either.
  await rm(downloadFolder(modelsDir, model.name), { recursive: true, force: true });
  return outcome.kind === 'installed' ? { ...outcome, sources } : outcome;
}

async function fetchSource(
  pull: Pull,
  source: CatalogSource,
): Promise<ModelSource | Exclude<PullOutcome, InstallOutcome>> {
  const { modelsDir, model, base, signal, sleep, onDownload, onRetry } = pull;
  const { file, bytes: expectedBytes } = source;
  const path = join(downloadFolder(modelsDir, model.name), file);
  const outcome = await downloadFile({
    url: sourceUrl(source, base),
    path,
    expectedBytes,
    signal,
    sleep,
    onProgress: (received, total) => onDownload(file, received, total ?? expectedBytes),
    onRetry,
  });
  if (outcome.kind !== 'downloaded') return { ...outcome, file };
  const checked = await checkSource(path, source);
  if (checked.kind === 'wrong-hash') await discardDownload(path);
  return checked;
}

/** Hashes a file, and compares it with the catalog where the catalog says what it must be. */
export async function checkSource(
  path: string,
  source: CatalogSource | undefined,
): Promise<ModelSource | WrongHash> {
  const file = source?.file ?? basename(path);
  const sha256 = await hashFile(path);
  const expected = source?.sha256;
  if (expected !== undefined && sha256 !== expected) return { kind: 'wrong-hash', file, expected, found: sha256 };
  const kind = (await archiveKind(path)) ?? 'file';
  const { size } = await stat(path);
  return { path, file, kind, bytes: size, sha256, trust: expected === undefined ? 'computed' : 'catalog' };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
