import type { Command } from 'commander';
import { retrySmartJob } from '../../operations/retry-smart-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, report } from '../failure.ts';
import { printableJson } from '../printable-text.ts';
import { optionNames, tableOptions } from '../table-options.ts';
import { watchAndPrint } from '../watch-job.ts';

type RetryOptions = CommonOptions & { readonly watch?: boolean; readonly fromStep?: string };

const TABLE = tableOptions(retrySmartJob.parameters, optionNames(retrySmartJob.parameters, ['JobId']));

export function addRetry(program: Command, cli: Cli): void {
  const command = program.command('retry').description(retrySmartJob.summary);
  command.argument('<job-id>', retrySmartJob.parameters.JobId.description);
  for (const option of TABLE.options) command.addOption(option);
  command.option('--watch', 'go on as `watch`');
  withJson(command).action(async (jobId: string, options: RetryOptions) =>
    cli.exit(await retry(cli, jobId, options)),
  );
}

async function retry(cli: CliContext, jobId: string, options: RetryOptions): Promise<ExitCode> {
  const { json = false, watch = false } = options;
  const read = TABLE.read(options, { JobId: jobId });
  if (read.kind === 'failure') return report(cli, read, json);
  return withClient(cli, { json }, async (client) => {
    const outcome = await client.call('RetrySmartJob', read.values);
    if (outcome.kind !== 'ok') return failureOf(outcome);
    if (watch) return watchAndPrint(cli, client, jobId, { json, withFiles: true });
    cli.stdout.write(json ? `${printableJson(outcome.body)}\n` : 'It runs again.\n');
    return 0;
  });
}
