import type { Command } from 'commander';
import { getSmartHandleJob } from '../../operations/get-smart-handle-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf } from '../failure.ts';
import { printJob } from '../watch-job.ts';

export function addGet(program: Command, cli: Cli): void {
  const command = program.command('get').description(getSmartHandleJob.summary);
  command.argument('<job-id>', getSmartHandleJob.parameters.JobId.description);
  withJson(command).action(async (jobId: string, options: CommonOptions) =>
    cli.exit(await get(cli, jobId, options)),
  );
}

function get(cli: CliContext, jobId: string, options: CommonOptions): Promise<ExitCode> {
  return withClient(cli, options, async (client) => {
    const outcome = await client.call('GetSmartHandleJob', { JobId: jobId });
    if (outcome.kind !== 'ok') return failureOf(outcome);
    printJob(cli, outcome.body, { json: options.json === true, withFiles: true });
    return 0;
  });
}
