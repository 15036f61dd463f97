import type { Command } from 'commander';
import { cancelSmartJob } from '../../operations/cancel-smart-job.ts';
import type { Cli } from '../cli-context.ts';
import { callOnJob, withClient, withJson, type CommonOptions } from '../client-command.ts';

export function addCancel(program: Command, cli: Cli): void {
  const command = program.command('cancel').description(cancelSmartJob.summary);
  command.argument('<job-id>', cancelSmartJob.parameters.JobId.description);
  withJson(command).action(async (jobId: string, options: CommonOptions) => {
    const call = { action: 'CancelSmartJob', jobId, said: 'Canceled.', ...options } as const;
    cli.exit(await withClient(cli, options, (client) => callOnJob(cli, client, call)));
  });
}
