import type { Command } from 'commander';
import { retrySmartJob } from '../../operations/retry-smart-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { callOnJob, withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf } from '../failure.ts';
import { watchAndPrint } from '../watch-job.ts';

type RetryOptions = CommonOptions & { readonly watch?: boolean };

export function addRetry(program: Command, cli: Cli): void {
  const command = program.command('retry').description(retrySmartJob.summary);
  command.argument('<job-id>', retrySmartJob.parameters.JobId.description);
  command.option('--watch', 'go on as `watch`');
  withJson(command).action(async (jobId: string, options: RetryOptions) =>
    cli.exit(await retry(cli, jobId, options)),
  );
}

function retry(cli: CliContext, jobId: string, { json = false, watch = false }: RetryOptions): Promise<ExitCode> {
  return withClient(cli, { json }, async (client) => {
    if (!watch) {
      return callOnJob(cli, client, { action: 'RetrySmartJob', jobId, said: 'It runs again.', json });
    }
    const outcome = await client.call('RetrySmartJob', { JobId: jobId });
    return outcome.kind === 'ok'
      ? watchAndPrint(cli, client, jobId, { json, withFiles: true })
      : failureOf(outcome);
  });
}
