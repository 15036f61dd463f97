import type { Settings } from '../../server/settings.ts';
import type { CliContext, ExitCode } from '../cli-context.ts';
import type { CommonOptions } from '../client-command.ts';
import type { Failure } from '../failure.ts';
import { printable, printableJson } from '../printable-text.ts';
import { problemOf, unknownModel } from './model-problem.ts';

type RemoveOptions = CommonOptions & { readonly names: readonly string[] };

export async function removeModels(
  cli: CliContext,
  { dir }: Settings['models'],
  { names, json = false }: RemoveOptions,
): Promise<ExitCode | Failure> {
  const { removeModel } = await import('../../engines/models/remove-model.ts');
  const chosen = await installedNames(dir, names);
  if (!Array.isArray(chosen)) return chosen;
  for (const name of chosen) {
    const { kind } = await removeModel(dir, name);
    if (kind === 'busy') return problemOf({ kind }, { name, dir, isMirror: false });
    if (!json) cli.stdout.write(`${printable(name)} is removed.\n`);
  }
  if (json) cli.stdout.write(`${printableJson({ removed: chosen })}\n`);
  return 0;
}

/**
 * The folders of these models, whole or broken; all where no names are given. A name that is none of them never
 * becomes a path.
 */
export async function installedNames(dir: string, names: readonly string[]): Promise<string[] | Failure> {
  const { findInCatalog } = await import('../../engines/models/catalog.ts');
  const { readModelsFolder } = await import('../../engines/models/installed-models.ts');
  const { models, broken } = await readModelsFolder(dir);
  const here = [...models, ...broken].map(({ name }) => name).toSorted();
  if (names.length === 0) return here;
  const chosen = new Set<string>();
  for (const given of names) {
    const name = here.includes(given) ? given : findInCatalog(given)?.name;
    if (name === undefined || !here.includes(name)) return await notInstalled(given, here);
    chosen.add(name);
  }
  return [...chosen];
}

async function notInstalled(name: string, here: readonly string[]): Promise<Failure> {
  const failure = await unknownModel(name, here);
  return { ...failure, message: failure.message.replace('There is no model', 'There is no installed model') };
}
