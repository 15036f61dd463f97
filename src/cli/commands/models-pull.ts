import type { CatalogModel } from '../../engines/models/catalog.ts';
import type { Settings } from '../../server/settings.ts';
import { byteSize } from '../byte-size.ts';
import type { CliContext, ExitCode } from '../cli-context.ts';
import type { CommonOptions } from '../client-command.ts';
import { errorDocument, report, type Failure } from '../failure.ts';
import { printable, printableJson } from '../printable-text.ts';
import { progressDisplay, type ProgressDisplay } from '../progress-display.ts';
import { problemOf, unknownModel, trustSentences } from './model-problem.ts';

type PullOptions = CommonOptions & { readonly names: readonly string[] };

/** One after another: they share the line, and the disk is checked for each. */
export async function pullModels(
  cli: CliContext,
  { dir, base }: Settings['models'],
  { names, json = false }: PullOptions,
): Promise<ExitCode | Failure> {
  const { findInCatalog, modelCatalog } = await import('../../engines/models/catalog.ts');
  const models: CatalogModel[] = [];
  for (const name of names) {
    const model = findInCatalog(name);
    if (model === undefined)
      return await unknownModel(
        name,
        modelCatalog().flatMap((it) => [it.short, it.name]),
      );
    if (!models.includes(model)) models.push(model);
  }
  const documents: object[] = [];
  let exit: ExitCode = 0;
  for (const model of models) {
    const ended = await pullOne(cli, model, dir, base, json);
    documents.push(ended.document);
    if (ended.failure !== undefined) {
      exit = 1;
      if (!json) report(cli, ended.failure, false);
    }
  }
  if (json) cli.stdout.write(`${printableJson({ modelsDir: dir, models: documents })}\n`);
  return exit;
}

type Ended = { readonly document: object; readonly failure?: Failure };

async function pullOne(
  cli: CliContext,
  model: CatalogModel,
  dir: string,
  base: string,
  json: boolean,
): Promise<Ended> {
  const { pullModel } = await import('../../engines/models/pull-model.ts');
  const { name } = model;
  const progress = downloadProgress(cli);
  const outcome = await pullModel({
    modelsDir: dir,
    model,
    base,
    now: cli.clock.now(),
    signal: new AbortController().signal,
    sleep: cli.sleep,
    onDownload: progress.onDownload,
    onRetry: progress.onRetry,
    onUnpack: progress.onUnpack,
  }).finally(progress.end);
  const said = (text: string): void => void (json || cli.stdout.write(`${printable(text)}\n`));
  switch (outcome.kind) {
    case 'bundled':
      said(`${model.short} ships with smartjobs: there is nothing to pull.`);
      return { document: { name, outcome: 'bundled' } };
    case 'already-installed':
      said(`${model.short} is installed already. (smartjobs models verify ${model.short} compares its files)`);
      return { document: { name, outcome: 'already-installed' } };
    case 'installed': {
      said(`${model.short} is installed: ${byteSize(outcome.bytes)} in ${outcome.model.folder}`);
      for (const sentence of trustSentences(outcome.sources))
        if (!json) cli.stderr.write(`${printable(sentence)}\n`);
      const sources = outcome.sources.map(({ file, bytes, sha256, trust }) => ({ file, bytes, sha256, trust }));
      return { document: { name, outcome: 'installed', bytes: outcome.bytes, sources } };
    }
    default: {
      const failure = problemOf(outcome, { name: model.short, dir, isMirror: base !== (await releases()) });
      return { document: { name, outcome: outcome.kind, ...errorDocument(failure) }, failure };
    }
  }
}

async function releases(): Promise<string> {
  return (await import('../../engines/models/catalog.ts')).RELEASES;
}

type DownloadProgress = {
  readonly onDownload: (file: string, received: number, total: number | undefined) => void;
  readonly onRetry: (reason: string, pause: number) => void;
  readonly onUnpack: (file: string, percent: number) => void;
  readonly end: () => void;
};

/** A log wants few lines. */
const STEP_OF_LOGS = 10;

export function downloadProgress(cli: CliContext): DownloadProgress {
  let display: ProgressDisplay | undefined;
  const show = (percent: number, doing: string, precise: string): void => {
    display ??= progressDisplay(cli.stderr);
    if (cli.stderr.isTTY === true) display.show('', percent, `${doing} ${precise}`.trimEnd());
    else display.show(doing, Math.floor(percent / STEP_OF_LOGS) * STEP_OF_LOGS, '');
  };
  return {
    onDownload: (file, received, total) => {
      const percent = total === undefined ? 0 : Math.min(100, Math.floor((100 * received) / Math.max(1, total)));
      const of = total === undefined ? '' : ` of ${byteSize(total)}`;
      show(percent, `downloading ${file}`, `${byteSize(received)}${of}`);
    },
    onRetry: (reason, pause) => {
      display ??= progressDisplay(cli.stderr);
      display.note(`${reason}; trying again in ${pause / 1000} s`);
    },
    onUnpack: (file, percent) => show(Math.min(100, percent), `unpacking ${file}`, ''),
    end: () => display?.end(),
  };
}
