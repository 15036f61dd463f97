import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { RpcClient } from '../../client/rpc-client.ts';
import { submitAsrJob } from '../../operations/submit-asr-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, report, usageFailure, type Failure } from '../failure.ts';
import { printable, printableJson } from '../printable-text.ts';
import { shellWord } from '../shell-word.ts';
import { help, optionNames, tableOptions, type WireParameters } from '../table-options.ts';
import { watchAndPrint } from '../watch-job.ts';

const INPUT = 'InputFile';
const TABLE = tableOptions(submitAsrJob.parameters, optionNames(submitAsrJob.parameters, [INPUT]));

type SubmitOptions = CommonOptions & { readonly watch?: boolean };

export function addSubmit(program: Command, cli: Cli): void {
  const group = program.command('submit').description('Submits a job.');
  const asr = group.command('asr').description(submitAsrJob.summary);
  asr.argument('<input>', help(submitAsrJob.parameters[INPUT]));
  for (const option of TABLE.options) asr.addOption(option);
  asr.option('--watch', 'go on as `watch`');
  withJson(asr).action(async (input: string, options: SubmitOptions) =>
    cli.exit(await submitAsr(cli, input, options)),
  );
}

async function submitAsr(cli: CliContext, input: string, options: SubmitOptions): Promise<ExitCode> {
  const read = isLocalFile(cli, input)
    ? usageFailure('Usage', howToPut(input))
    : TABLE.read(options, { [INPUT]: input });
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return withClient(cli, options, (client) => submit(cli, client, read.values, options));
}

async function submit(
  cli: CliContext,
  client: RpcClient,
  values: WireParameters['values'],
  { json = false, watch = false }: SubmitOptions,
): Promise<ExitCode | Failure> {
  const outcome = await client.call('SubmitASRJob', values);
  if (outcome.kind !== 'ok') return failureOf(outcome);
  const { JobId: jobId } = outcome.body;
  if (watch) {
    cli.stderr.write(`Job ${printable(jobId)}\n`);
    return watchAndPrint(cli, client, jobId, { json, withFiles: false });
  }
  cli.stdout.write(`${json ? printableJson(outcome.body) : printable(jobId)}\n`);
  if (!json) cli.stderr.write(`Watch it: smartjobs watch ${printable(jobId)}\n`);
  return 0;
}

function isLocalFile(cli: CliContext, input: string): boolean {
  return !/^[a-z]+:\/\//i.test(input) && existsSync(resolve(cli.cwd, input));
}

/** The server may be another machine, so a file has to be put before a job can name it. */
function howToPut(file: string): string {
  const object = shellWord(`oss://uploads/${basename(file)}`);
  return (
    `'${file}' is a file on this machine. Upload it first: smartjobs put ${shellWord(file)} ${object}, ` +
    `then: smartjobs submit asr ${object}`
  );
}
