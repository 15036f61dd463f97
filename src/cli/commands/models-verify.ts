import type { Settings } from '../../server/settings.ts';
import type { CliContext, ExitCode } from '../cli-context.ts';
import type { CommonOptions } from '../client-command.ts';
import type { Failure } from '../failure.ts';
import { paintFor } from '../paint.ts';
import { printable, printableJson } from '../printable-text.ts';
import { installedNames } from './models-remove.ts';

type VerifyOptions = CommonOptions & { readonly names: readonly string[] };

export async function verifyModels(
  cli: CliContext,
  { dir }: Settings['models'],
  { names, json = false }: VerifyOptions,
): Promise<ExitCode | Failure> {
  const { verifyModel } = await import('../../engines/models/verify-model.ts');
  const chosen = await installedNames(dir, names);
  if (!Array.isArray(chosen)) return chosen;
  const paint = paintFor(cli.stdout, cli.env);
  const verified = [];
  for (const name of chosen) {
    const one = await verifyModel(dir, name);
    verified.push(one);
    if (json) continue;
    if (one.differences.length === 0) {
      cli.stdout.write(`${paint('green', 'ok')} ${printable(name)}: ${one.files} files as they were installed\n`);
    }
    for (const { path, what } of one.differences) {
      const place = path === '' ? name : `${name}/${path}`;
      cli.stdout.write(`${paint('red', 'changed')} ${printable(place)} ${printable(what)}\n`);
    }
  }
  const isIntact = verified.every(({ differences }) => differences.length === 0);
  if (json) cli.stdout.write(`${printableJson({ ok: isIntact, models: verified })}\n`);
  else if (chosen.length === 0) cli.stderr.write(`No models are installed in ${printable(dir)}.\n`);
  return isIntact ? 0 : 1;
}
