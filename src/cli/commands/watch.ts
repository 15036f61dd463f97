import type { Command } from 'commander';
import { getSmartHandleJob } from '../../operations/get-smart-handle-job.ts';
import type { Cli } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { watchAndPrint } from '../watch-job.ts';

export function addWatch(program: Command, cli: Cli): void {
  const command = program.command('watch');
  command.description(
    'Shows the progress of a job until it ends, then its result. 0 if it Finished, 1 if it Failed.',
  );
  command.argument('<job-id>', getSmartHandleJob.parameters.JobId.description);
  withJson(command).action(async (jobId: string, options: CommonOptions) => {
    const json = options.json === true;
    cli.exit(
      await withClient(cli, options, (client) => watchAndPrint(cli, client, jobId, { json, withFiles: true })),
    );
  });
}
