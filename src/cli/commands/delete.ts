import type { Command } from 'commander';
import type { RpcClient } from '../../client/rpc-client.ts';
import { parseJobId } from '../../jobs/job-id.ts';
import { deleteSmartJob } from '../../operations/delete-smart-job.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, report, usageFailure, type Failure } from '../failure.ts';
import { MOST_JOB_IDS } from '../../operations/job-id-list.ts';
import { printableJson } from '../printable-text.ts';

export function addDelete(program: Command, cli: Cli): void {
  const command = program.command('delete').description(deleteSmartJob.summary);
  command.argument('<job-id...>', 'The jobs, also separated by commas.');
  withJson(command).action(async (given: readonly string[], options: CommonOptions) => {
    cli.exit(await deleteJobs(cli, given, options));
  });
}

/** The server passes over ids that it does not know, so a mistyped one is caught here. */
async function deleteJobs(cli: CliContext, given: readonly string[], options: CommonOptions): Promise<ExitCode> {
  const ids = [...new Set(given.flatMap((text) => text.split(',')).filter((id) => id !== ''))];
  const mistyped = ids.length === 0 ? '' : ids.find((id) => parseJobId(id) === undefined);
  if (mistyped !== undefined) {
    const failure = usageFailure('Usage', `'${mistyped}' is no job id: 32 characters, 0-9 and a-f.`);
    return report(cli, failure, options.json === true);
  }
  return withClient(cli, options, (client) => deleteAll(cli, client, ids, options));
}

async function deleteAll(
  cli: CliContext,
  client: RpcClient,
  ids: readonly string[],
  { json = false }: CommonOptions,
): Promise<ExitCode | Failure> {
  for (let from = 0; from < ids.length; from += MOST_JOB_IDS) {
    const outcome = await client.call('DeleteSmartJob', { JobId: ids.slice(from, from + MOST_JOB_IDS).join(',') });
    if (outcome.kind !== 'ok') return failureOf(outcome);
    if (json && from + MOST_JOB_IDS >= ids.length) cli.stdout.write(`${printableJson(outcome.body)}\n`);
  }
  if (!json) cli.stdout.write(`${ids.length === 1 ? 'The job is' : `The ${ids.length} jobs are`} gone.\n`);
  return 0;
}
