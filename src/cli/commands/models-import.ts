import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CatalogModel } from '../../engines/models/catalog.ts';
import type { ModelTitle } from '../../engines/models/install-model.ts';
import type { Settings } from '../../server/settings.ts';
import { byteSize } from '../byte-size.ts';
import type { CliContext, ExitCode } from '../cli-context.ts';
import type { CommonOptions } from '../client-command.ts';
import { usageFailure, type Failure } from '../failure.ts';
import { printable, printableJson } from '../printable-text.ts';
import { problemOf, trustSentences } from './model-problem.ts';
import { downloadProgress } from './models-pull.ts';

export type ImportOptions = {
  readonly name?: string;
  readonly family?: string;
  readonly task?: string;
  readonly languages?: string;
  readonly licence?: string;
};

type FileOptions = CommonOptions & ImportOptions & { readonly file: string };

export async function importFile(
  cli: CliContext,
  { dir }: Settings['models'],
  options: FileOptions,
): Promise<ExitCode | Failure> {
  const { json = false } = options;
  const file = resolve(cli.cwd, options.file);
  if (!isFile(file)) return usageFailure('File', `${file} is not a file that can be read.`);
  const known = await findKnown(file, options.name);
  const title = known === undefined ? await ownTitle(file, options) : catalogTitle(known, options);
  if ('exit' in title) return title;
  const { importModel } = await import('../../engines/models/import-model.ts');
  const progress = downloadProgress(cli);
  const sources = known?.sources ?? [];
  const now = cli.clock.now();
  const outcome = await importModel({
    modelsDir: dir,
    title,
    file,
    sources,
    now,
    onUnpack: progress.onUnpack,
  }).finally(progress.end);
  const { name } = title;
  if (outcome.kind === 'already-installed') {
    return usageFailure('Exists', `${name} is installed already. To replace it: smartjobs models remove ${name}`);
  }
  if (outcome.kind !== 'installed') return problemOf(outcome, { name, dir, isMirror: false });
  const kept = outcome.sources.map(({ file: source, bytes, sha256, trust }) => ({
    file: source,
    bytes,
    sha256,
    trust,
  }));
  if (json) {
    cli.stdout.write(`${printableJson({ name, outcome: 'installed', bytes: outcome.bytes, sources: kept })}\n`);
    return 0;
  }
  cli.stdout.write(`${printable(`${name} is installed: ${byteSize(outcome.bytes)} in ${outcome.model.folder}`)}\n`);
  for (const sentence of trustSentences(outcome.sources)) cli.stderr.write(`${printable(sentence)}\n`);
  return 0;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** By the name that was given, else by the name of the file. */
async function findKnown(file: string, name: string | undefined): Promise<CatalogModel | undefined> {
  const { findByFile, findInCatalog } = await import('../../engines/models/catalog.ts');
  return name === undefined ? findByFile(basename(file)) : findInCatalog(name);
}

function catalogTitle(model: CatalogModel, options: ImportOptions): ModelTitle | Failure {
  const { short } = model;
  if (model.bundled !== undefined) {
    return usageFailure('Usage', `${short} ships with smartjobs; give another --name to one of your own.`);
  }
  const said = (['family', 'task', 'languages', 'licence'] as const).find(
    (option) => options[option] !== undefined,
  );
  if (said === undefined) return model;
  return usageFailure(
    'Usage',
    `--${said}: the catalog says what ${short} is. Leave it out, or give another --name to a model of your own.`,
  );
}

/** What the options say of a model that is not in the catalog. */
async function ownTitle(file: string, options: ImportOptions): Promise<ModelTitle | Failure> {
  const { MODEL_FAMILIES, isModelFamily, tasksOf } = await import('../../engines/models/model-files.ts');
  const { LANGUAGE_TAG, MODEL_NAME } = await import('../../engines/models/model-record.ts');
  const { name, family, licence = '' } = options;
  const families = Object.keys(MODEL_FAMILIES).join(', ');
  if (name === undefined || family === undefined) {
    const what = `${basename(file)} is no file of the catalog (smartjobs models list).`;
    return usageFailure(
      'Usage',
      `${what} Say what it is: --name NAME, --family one of ${families}, --languages en,zh.`,
    );
  }
  if (!MODEL_NAME.test(name)) {
    return usageFailure('Usage', `--name: '${name}' is not 1-100 letters, digits, dots, dashes, underscores.`);
  }
  if (!isModelFamily(family)) return usageFailure('Usage', `--family: '${family}' is not one of ${families}.`);
  const tasks = tasksOf(family);
  const task = tasks.find((one) => one === (options.task ?? tasks[0]));
  if (task === undefined) {
    return usageFailure('Usage', `--task: '${options.task}' is not what ${family} serves: ${tasks.join(', ')}.`);
  }
  const languages = (options.languages ?? '').split(/[\s,]+/).filter((tag) => tag !== '');
  const wrong = languages.find((tag) => !LANGUAGE_TAG.test(tag));
  if (wrong !== undefined) {
    return usageFailure('Usage', `--languages: '${wrong}' is not a primary language tag such as en, zh, yue.`);
  }
  return { name, family, task, languages, licence };
}
