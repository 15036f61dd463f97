import { copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArchiveKind } from './archive-kind.ts';
import { bpeVocabulary } from './bpe-vocabulary.ts';
import { BrokenArchive } from './broken-archive.ts';
import { extractArchive, limitsFor, type UnpackedFile } from './extract-archive.ts';
import { HASHES_FILE, hashFile, writeDurably, writeHashes } from './file-hashes.ts';
import { readInstalled } from './installed-models.ts';
import { makeStaging, settle, syncFoldersOf } from './model-folders.ts';
import { findModelFiles, type ModelFamily } from './model-files.ts';
import { FILES_FOLDER, RECORD_FILE, type ModelRecord } from './model-record.ts';
import type { InstalledModel, ModelTask } from './model.ts';

/** What a model is to be called and taken for. */
export type ModelTitle = {
  readonly name: string;
  readonly task: ModelTask;
  readonly family: ModelFamily;
  readonly languages: readonly string[];
  readonly licence: string;
};

/** An archive or a bare file on this machine that a model is made from; it was checked already. */
export type ModelSource = {
  /** Absolute. */
  readonly path: string;
  /** Under which name it was published. */
  readonly file: string;
  readonly kind: ArchiveKind | 'file';
  readonly bytes: number;
  readonly sha256: string;
  readonly trust: ModelRecord['sources'][number]['trust'];
};

export type InstallOutcome =
  | { readonly kind: 'installed'; readonly model: InstalledModel; readonly bytes: number }
  | { readonly kind: 'broken-archive'; readonly file: string; readonly reason: string }
  /** What a model of the family is loaded from is not there. */
  | { readonly kind: 'missing-file'; readonly family: ModelFamily; readonly role: string };

/** @param percent of the archive that was unpacked, 0 to 100 */
export type InstallProgress = (file: string, percent: number) => void;

type Installation = {
  readonly modelsDir: string;
  readonly title: ModelTitle;
  readonly sources: readonly ModelSource[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onProgress?: InstallProgress;
};

/**
 * Makes a model out of its archives in a folder of its own, and renames that into place: until then nothing of it
 * can be seen. The caller holds the model's lock. Where it does not end in `installed`, nothing is left.
 */
export async function installModel({
  modelsDir,
  title,
  sources,
  now,
  onProgress,
}: Installation): Promise<InstallOutcome> {
  const staging = await makeStaging(modelsDir, title.name);
  try {
    const files: UnpackedFile[] = [];
    for (const source of sources) {
      const unpacked = await unpackSource(source, join(staging, FILES_FOLDER), onProgress);
      if (!Array.isArray(unpacked)) return unpacked;
      files.push(...unpacked);
    }
    files.push(...(await deriveVocabulary(join(staging, FILES_FOLDER), title.family, files)));
    const paths = files.map(({ path }) => path);
    const found = findModelFiles(title.family, paths);
    if (found.kind === 'missing') return { kind: 'missing-file', family: title.family, role: found.role };
    const kept = await dropUnused(staging, files, new Set(Object.values(found.files).flat()));
    const bytes = kept.reduce((sum, file) => sum + file.bytes, 0);
    const record: ModelRecord = {
      format: 1,
      name: title.name,
      task: title.task,
      family: title.family,
      languages: [...title.languages],
      licence: title.licence,
      files: found.files,
      bytes,
      sources: sources.map(({ file, bytes: size, sha256, trust }) => ({ file, bytes: size, sha256, trust })),
      installedAt: new Date(now).toISOString(),
    };
    await writeRecord(staging, record, kept);
    await settle(staging, modelsDir, title.name);
    const installed = await readInstalled(modelsDir, title.name);
    if (installed.kind === 'broken') throw new Error(`a model was made that cannot be read: ${installed.reason}`);
    return { kind: 'installed', model: installed.model, bytes };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const NO_ARCHIVE = 'it is neither an archive (.tar.bz2, .tar.gz, .tar) nor an .onnx file';

type Unpacked = UnpackedFile[] | Extract<InstallOutcome, { kind: 'broken-archive' }>;

async function unpackSource(
  { path, file, kind, bytes, sha256 }: ModelSource,
  folder: string,
  onProgress: InstallProgress = () => undefined,
): Promise<Unpacked> {
  await mkdir(folder, { recursive: true });
  if (kind === 'file') {
    if (!file.endsWith('.onnx')) return { kind: 'broken-archive', file, reason: NO_ARCHIVE };
    await copyDurably(path, join(folder, file));
    return [{ path: file, bytes, sha256 }];
  }
  const raw = `${folder}.raw`;
  try {
    await mkdir(raw);
    const files = await extractArchive(path, kind, raw, limitsFor(bytes), (read) =>
      onProgress(file, Math.floor((100 * read) / bytes)),
    );
    return await withoutTopFolder(files, raw, folder);
  } catch (error) {
    if (error instanceof BrokenArchive) return { kind: 'broken-archive', file, reason: error.message };
    throw error;
  } finally {
    await rm(raw, { recursive: true, force: true });
  }
}

/** Releases have all their files in one folder of the archive's name, which says nothing here. */
async function withoutTopFolder(files: UnpackedFile[], raw: string, folder: string): Promise<UnpackedFile[]> {
  const tops = new Set(files.map(({ path }) => path.slice(0, path.indexOf('/') + 1)));
  const [top = ''] = tops.size === 1 ? tops : [];
  const moved = files.map((file) => ({ ...file, path: file.path.slice(top.length) }));
  for (const { path } of moved) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await rename(join(raw, top, path), join(folder, path));
  }
  return moved;
}

/** Hotwords need it, and it is in hardly any release. */
async function deriveVocabulary(
  folder: string,
  family: ModelFamily,
  files: readonly UnpackedFile[],
): Promise<UnpackedFile[]> {
  const model = files.find(({ path }) => basename(path) === 'bpe.model');
  const isThere = files.some(({ path }) => basename(path) === 'bpe.vocab');
  if (family !== 'transducer' || model === undefined || isThere) return [];
  const text = bpeVocabulary(await readFile(join(folder, model.path)));
  if (text === undefined) return [];
  const path = model.path.replace(/model$/, 'vocab');
  await writeDurably(join(folder, path), text);
  return [{ path, bytes: Buffer.byteLength(text), sha256: await hashFile(join(folder, path)) }];
}

/** Releases have each network in several precisions. The one that is not loaded would be two thirds of the disk. */
async function dropUnused(
  staging: string,
  files: readonly UnpackedFile[],
  used: ReadonlySet<string>,
): Promise<UnpackedFile[]> {
  const isSpare = ({ path }: UnpackedFile): boolean => path.endsWith('.onnx') && !used.has(path);
  for (const { path } of files.filter(isSpare)) await rm(join(staging, FILES_FOLDER, path));
  return files.filter((file) => !isSpare(file));
}

async function writeRecord(staging: string, record: ModelRecord, files: readonly UnpackedFile[]): Promise<void> {
  const recordPath = join(staging, RECORD_FILE);
  await writeDurably(recordPath, `${JSON.stringify(record, undefined, 2)}\n`);
  const hashes = new Map([
    [RECORD_FILE, await hashFile(recordPath)],
    ...files.map(({ path, sha256 }) => [`${FILES_FOLDER}/${path}`, sha256] as const),
  ]);
  await writeHashes(staging, hashes);
  await syncFoldersOf(staging, [...hashes.keys(), HASHES_FILE]);
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const file = await open(to, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
