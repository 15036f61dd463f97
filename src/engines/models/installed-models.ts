import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledModel } from './model.ts';
import { FILES_FOLDER, MODEL_NAME, readModelRecord, roleFiles, type ModelRecord } from './model-record.ts';

export type BrokenModel = {
  readonly name: string;
  /** A sentence without a full stop. */
  readonly reason: string;
};

export type ModelsFolder = {
  /** By name. */
  readonly models: readonly InstalledModel[];
  readonly broken: readonly BrokenModel[];
};

/** The models that lie in the folder, complete; none where there is no such folder. Reads one small file of each. */
export async function installedModels(modelsDir: string): Promise<InstalledModel[]> {
  return [...(await readModelsFolder(modelsDir)).models];
}

/** As `installedModels`, and says which folders there are no model, and why. */
export async function readModelsFolder(modelsDir: string): Promise<ModelsFolder> {
  const read = await Promise.all((await modelNames(modelsDir)).map((name) => readInstalled(modelsDir, name)));
  return {
    models: read.flatMap((one) => (one.kind === 'installed' ? [one.model] : [])),
    broken: read.flatMap((one) => (one.kind === 'broken' ? [{ name: one.name, reason: one.reason }] : [])),
  };
}

/** Sorted. Hidden names are downloads under way; files of others are nothing to us. */
async function modelNames(modelsDir: string): Promise<string[]> {
  try {
    const entries = await readdir(modelsDir, { withFileTypes: true });
    return entries
      .flatMap((entry) => (entry.isDirectory() && MODEL_NAME.test(entry.name) ? [entry.name] : []))
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export type ReadInstalled =
  | { readonly kind: 'installed'; readonly model: InstalledModel; readonly record: ModelRecord }
  | ({ readonly kind: 'broken' } & BrokenModel);

/** @param name of a folder that is there */
export async function readInstalled(modelsDir: string, name: string): Promise<ReadInstalled> {
  const folder = join(modelsDir, name);
  const read = await readModelRecord(folder);
  if (read.kind === 'broken') return { ...read, name };
  const { record } = read;
  if (record.name !== name)
    return { kind: 'broken', name, reason: `it is the folder of '${record.name}', renamed` };
  const { task, family, languages } = record;
  const files: Record<string, string> = {};
  for (const [role, paths] of roleFiles(record)) {
    const absolute = paths.map((path) => join(folder, FILES_FOLDER, path));
    for (const path of absolute) {
      if (!(await exists(path))) return { kind: 'broken', name, reason: `its file ${path} is missing` };
    }
    files[role] = absolute.join(',');
  }
  return { kind: 'installed', model: { name, task, family, languages, folder, files }, record };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
