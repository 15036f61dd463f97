import type { Command } from 'commander';
import { submitAsrJob } from '../../operations/submit-asr-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson } from '../client-command.ts';
import { report, usageFailure } from '../failure.ts';
import { howToPut, isLocalFile } from '../local-file.ts';
import { submitJob, type SubmitOptions } from '../submit-job.ts';
import { help, optionNames, tableOptions } from '../table-options.ts';
import { addSubmitChart } from './submit-chart.ts';
import { addSubmitTranslate } from './submit-translate.ts';
import { addSubmitTts } from './submit-tts.ts';

const INPUT = 'InputFile';
const TABLE = tableOptions(submitAsrJob.parameters, optionNames(submitAsrJob.parameters, [INPUT]));

export function addSubmit(program: Command, cli: Cli): void {
  const group = program.command('submit').description('Submits a job.');
  const asr = group.command('asr').description(submitAsrJob.summary);
  asr.argument('<input>', help(submitAsrJob.parameters[INPUT]));
  for (const option of TABLE.options) asr.addOption(option);
  asr.option('--watch', 'go on as `watch`');
  withJson(asr).action(async (input: string, options: SubmitOptions) =>
    cli.exit(await submitAsr(cli, input, options)),
  );
  addSubmitTts(group, cli);
  addSubmitChart(group, cli);
  addSubmitTranslate(group, cli);
}

async function submitAsr(cli: CliContext, input: string, options: SubmitOptions): Promise<ExitCode> {
  const read = isLocalFile(cli, input)
    ? usageFailure('Usage', howToPut(input, 'submit asr'))
    : TABLE.read(options, { [INPUT]: input });
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return withClient(cli, options, (client) => submitJob(cli, client, 'SubmitASRJob', read.values, options));
}
