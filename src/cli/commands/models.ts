import type { Command } from 'commander';
import type { Settings } from '../../server/settings.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import type { CommonOptions } from '../client-command.ts';
import { report, usageFailure, type Failure } from '../failure.ts';
import { importFile, type ImportOptions } from './models-import.ts';
import { listModels } from './models-list.ts';
import { pullModels } from './models-pull.ts';
import { removeModels } from './models-remove.ts';
import { verifyModels } from './models-verify.ts';

/** The options that all of them have. */
type ModelsOptions = CommonOptions & { readonly modelsDir?: string; readonly dataDir?: string };

type Run<Options> = (cli: CliContext, models: Settings['models'], options: Options) => Promise<ExitCode | Failure>;

export function addModels(program: Command, cli: Cli): void {
  const command = program
    .command('models')
    .description('Models for speech on this machine. Only pull uses the network.');
  withModelsOptions(command.command('list'))
    .description('Lists what is installed, what ships with smartjobs, and what can be pulled.')
    .action(async (options: ModelsOptions) => cli.exit(await withModels(cli, options, listModels)));
  withModelsOptions(command.command('pull <name...>'))
    .description('Downloads models, checks and installs them. A download that broke off is continued.')
    .action(async (names: string[], options: ModelsOptions) =>
      cli.exit(await withModels(cli, { ...options, names }, pullModels)),
    );
  addImport(command, cli);
  withModelsOptions(command.command('verify [name...]'))
    .description('Compares every file of the models (of all, without names) with what was installed.')
    .action(async (names: string[], options: ModelsOptions) =>
      cli.exit(await withModels(cli, { ...options, names }, verifyModels)),
    );
  withModelsOptions(command.command('remove <name...>'))
    .description('Removes models.')
    .action(async (names: string[], options: ModelsOptions) =>
      cli.exit(await withModels(cli, { ...options, names }, removeModels)),
    );
}

function addImport(models: Command, cli: Cli): void {
  const command = models.command('import <file>');
  command.description(
    'Installs a model from a file: .tar.bz2, .tar.gz, .tar, or a bare .onnx. One of the catalog is known by its name.',
  );
  command.option('--name <name>', 'what it is to be called');
  command.option(
    '--family <family>',
    'which kind of network it is, such as sense-voice, whisper, transducer, vits',
  );
  command.option('--task <task>', 'what it is for, where its family serves several');
  command.option('--languages <tags>', 'its languages, separated by commas: en,zh');
  command.option('--licence <text>', 'the licence that it is under');
  withModelsOptions(command).action(async (file: string, options: ModelsOptions & ImportOptions) =>
    cli.exit(await withModels(cli, { ...options, file }, importFile)),
  );
}

function withModelsOptions(command: Command): Command {
  return command
    .option('--models-dir <value>', 'The models folder. (SMARTJOBS_MODELS_DIR; default: models in the data dir)')
    .option('--data-dir <value>', 'The data folder of the server. (SMARTJOBS_DATA_DIR; default ./data)')
    .option('--json', 'print JSON');
}

async function withModels<Options extends ModelsOptions>(
  cli: CliContext,
  options: Options,
  run: Run<Options>,
): Promise<ExitCode> {
  const { json = false, modelsDir, dataDir } = options;
  // Loaded here: the client commands need no settings.
  const { readSettings } = await import('../../server/settings.ts');
  const flags = { '--models-dir': modelsDir, '--data-dir': dataDir };
  const settings = readSettings({ flags, env: cli.env, cwd: cli.cwd });
  if (settings.kind === 'problems') return report(cli, usageFailure('Settings', settings.problems.join(' ')), json);
  try {
    const ended = await run(cli, settings.settings.models, options);
    return typeof ended === 'object' ? report(cli, ended, json) : ended;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    // A folder that cannot be written and the like.
    return report(cli, usageFailure('File', message), json);
  }
}
