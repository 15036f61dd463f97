import { resolve } from 'node:path';
import type { Command } from 'commander';
import { createLogger } from '../../base/logger.ts';
import { readSettings } from '../../server/settings.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withJson, type CommonOptions } from '../client-command.ts';
import { report, usageFailure } from '../failure.ts';
import { printable, printableJson } from '../printable-text.ts';
import { shellWord } from '../shell-word.ts';

type RotateOptions = CommonOptions & { readonly newKeyFile?: string };

export function addKeysRotateMaster(program: Command, cli: Cli): void {
  const keys =
    program.commands.find((command) => command.name() === 'keys') ??
    program.command('keys').description('Manages keys.');
  const command = keys.command('rotate-master');
  command.description('Seals all secrets of a stopped server anew, under another master key.');
  command.option('--new-key-file <file>', 'keep the new key here; the file is made if it is missing');
  withJson(command).action(async (options: RotateOptions) => cli.exit(await rotateMaster(cli, options)));
}

async function rotateMaster(cli: CliContext, { newKeyFile, json = false }: RotateOptions): Promise<ExitCode> {
  const read = readSettings({ flags: {}, env: cli.env, cwd: cli.cwd });
  if (read.kind === 'problems') return report(cli, usageFailure('Configuration', read.problems.join(' ')), json);
  // Loaded here: the other commands need no database.
  const { rotateMasterKey } = await import('../../server/rotate-master-key.ts');
  const { asStartUpProblem, StartUpProblem } = await import('../../server/start-up-problem.ts');
  try {
    const rotation = rotateMasterKey({
      settings: read.settings,
      log: createLogger(read.settings.logLevel),
      newKeyFile: newKeyFile === undefined ? undefined : resolve(cli.cwd, newKeyFile),
    });
    cli.stdout.write(json ? `${printableJson(rotation)}\n` : said(rotation));
    return 0;
  } catch (error) {
    const problem = asStartUpProblem(error);
    if (problem instanceof StartUpProblem) return report(cli, usageFailure('MasterKey', problem.message), json);
    throw problem;
  }
}

type Rotation = { readonly values: number; readonly keyFile: string; readonly found: boolean };

function said({ values, keyFile, found }: Rotation): string {
  const done =
    values === 0
      ? `The secrets were sealed with the key of ${printable(keyFile)} already; the rotation is complete.\n`
      : `Sealed ${values} secrets anew, with the key of ${printable(keyFile)}.\n`;
  const backups = 'Backups made before open with the old key alone: keep it with them.\n';
  if (found) return done + backups;
  return `${done}${backups}Start the server with the new key:\n\n  export SMARTJOBS_MASTER_KEY_FILE=${shellWord(keyFile)}\n`;
}
