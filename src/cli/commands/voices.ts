import type { Command } from 'commander';
import type { VoicesAnswer } from '../../client/answers.ts';
import { listSmartVoiceGroups } from '../../operations/list-smart-voice-groups.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, report } from '../failure.ts';
import { paintFor } from '../paint.ts';
import { plainTable } from '../plain-table.ts';
import { printable, printableJson } from '../printable-text.ts';
import { tableOptions } from '../table-options.ts';

const TABLE = tableOptions(listSmartVoiceGroups.parameters, { VoiceType: 'type', Language: 'language' });

export function addVoices(program: Command, cli: Cli): void {
  const command = program.command('voices').description(listSmartVoiceGroups.summary);
  for (const option of TABLE.options) command.addOption(option);
  withJson(command).action(async (options: CommonOptions) => cli.exit(await voices(cli, options)));
}

async function voices(cli: CliContext, options: CommonOptions): Promise<ExitCode> {
  const { json = false } = options;
  const read = TABLE.read(options);
  if (read.kind === 'failure') return report(cli, read, json);
  return withClient(cli, options, async (client) => {
    const outcome = await client.call('ListSmartVoiceGroups', read.values);
    if (outcome.kind !== 'ok') return failureOf(outcome);
    if (json) cli.stdout.write(`${printableJson(outcome.body)}\n`);
    else printVoices(cli, outcome.body);
    return 0;
  });
}

/** One line for each voice, its group among them, so that a line that was searched for says all. */
function printVoices(cli: CliContext, { VoiceGroups: groups }: VoicesAnswer): void {
  const rows = groups.flatMap(({ Type: group, VoiceList: list }) =>
    list.map(({ Voice, VoiceType, Desc, VoiceSource }) =>
      [Voice, VoiceType, Desc, group, VoiceSource].map(printable),
    ),
  );
  if (rows.length === 0) {
    cli.stderr.write('No voice. `smartjobs doctor` says what is missing.\n');
    return;
  }
  const head = ['VOICE', 'TYPE', 'DESCRIPTION', 'GROUP', 'SPOKEN BY'];
  cli.stdout.write(`${plainTable(head, rows, paintFor(cli.stdout, cli.env))}\n`);
}
