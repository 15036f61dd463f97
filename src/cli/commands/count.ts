import type { Command } from 'commander';
import type { CountAnswer } from '../../client/answers.ts';
import { countSmartJobs } from '../../operations/count-smart-jobs.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, report } from '../failure.ts';
import { paintFor, paintState } from '../paint.ts';
import { printableJson } from '../printable-text.ts';
import { tableOptions } from '../table-options.ts';

const TABLE = tableOptions(countSmartJobs.parameters, {
  JobType: 'type',
  JobState: 'state',
  CreateTimeFrom: 'from',
  CreateTimeTo: 'to',
});

export function addCount(program: Command, cli: Cli): void {
  const command = program.command('count').description(countSmartJobs.summary);
  for (const option of TABLE.options) command.addOption(option);
  withJson(command).action(async (options: CommonOptions) => cli.exit(await count(cli, options)));
}

async function count(cli: CliContext, options: CommonOptions): Promise<ExitCode> {
  const read = TABLE.read(options);
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return withClient(cli, options, async (client) => {
    const outcome = await client.call('CountSmartJobs', read.values);
    if (outcome.kind !== 'ok') return failureOf(outcome);
    const { json = false } = options;
    cli.stdout.write(json ? `${printableJson(outcome.body)}\n` : countTable(cli, outcome.body));
    return 0;
  });
}

const TYPE_WIDTH = 18;
const STATE_WIDTH = 11;

/** One line for each type and state that has jobs, and the sum. */
function countTable(cli: CliContext, { Counts, Total }: CountAnswer): string {
  const paint = paintFor(cli.stdout, cli.env);
  const lines = Counts.filter(({ Count }) => Count > 0).map(({ JobType, JobState, Count }) => {
    const state = paintState(paint, JobState) + ' '.repeat(STATE_WIDTH - JobState.length);
    return `${JobType.padEnd(TYPE_WIDTH)}${state}${Count}\n`;
  });
  return `${lines.join('')}${'total'.padEnd(TYPE_WIDTH + STATE_WIDTH)}${Total}\n`;
}
