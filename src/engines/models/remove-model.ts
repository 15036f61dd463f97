import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockModel } from './lock-model.ts';
import { removeModelFolder } from './model-folders.ts';

export type RemoveOutcome = { readonly kind: 'removed' | 'not-installed' | 'busy' };

/** Removes a model, a broken one too. An engine that has it loaded keeps it until it ends. */
export async function removeModel(modelsDir: string, name: string): Promise<RemoveOutcome> {
  if (!(await isFolder(join(modelsDir, name)))) return { kind: 'not-installed' };
  const unlock = await lockModel(modelsDir, name);
  if (unlock === undefined) return { kind: 'busy' };
  try {
    return { kind: (await removeModelFolder(modelsDir, name)) ? 'removed' : 'not-installed' };
  } finally {
    unlock();
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
