import type { Command } from 'commander';
import type { DataRepair } from '../../server/repair-data.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withJson, type CommonOptions } from '../client-command.ts';
import { report, usageFailure } from '../failure.ts';
import { printable, printableJson } from '../printable-text.ts';
import { shellWord } from '../shell-word.ts';

type RepairOptions = CommonOptions & { readonly check?: boolean; readonly dataDir?: string };

export function addRepair(program: Command, cli: Cli): void {
  const command = program.command('repair');
  command.description(
    'Examines the database of a stopped server, and rebuilds its counters and indexes where they are wrong.',
  );
  command.option('--check', 'only look, and change nothing');
  command.option('--data-dir <value>', 'The data folder of the server. (SMARTJOBS_DATA_DIR; default ./data)');
  withJson(command).action(async (options: RepairOptions) => cli.exit(await repair(cli, options)));
}

async function repair(cli: CliContext, { check = false, json = false, dataDir }: RepairOptions): Promise<ExitCode> {
  // Loaded here: the other client commands need neither settings nor database.
  const { readSettings } = await import('../../server/settings.ts');
  const { repairData } = await import('../../server/repair-data.ts');
  const { StartUpProblem } = await import('../../server/start-up-problem.ts');
  const settings = readSettings({ flags: { '--data-dir': dataDir }, env: cli.env, cwd: cli.cwd });
  if (settings.kind === 'problems') return report(cli, usageFailure('Settings', settings.problems.join(' ')), json);
  try {
    const outcome = await repairData(settings.settings.dataDir, check);
    cli.stdout.write(json ? `${printableJson(document(outcome))}\n` : sentences(outcome));
    return outcome.kind === 'sound' || outcome.kind === 'repaired' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof StartUpProblem)) throw error;
    return report(cli, usageFailure('Repair', error.message), json);
  }
}

function document({ kind, database, found, done }: DataRepair): object {
  const { damage, counters = null, jobs = null } = found;
  return { database, outcome: kind, jobs, damage, counters, done };
}

/** So many lines of each kind are printed; --json has all. */
const MOST_LINES = 20;

function sentences(outcome: DataRepair): string {
  return [...findings(outcome), ...outcome.done, verdict(outcome)].map((line) => `${printable(line)}\n`).join('');
}

function findings({ found: { damage, counters } }: DataRepair): string[] {
  const wrong = (counters ?? []).map(
    ({ table, row, column, kept, counted }) => `${table} ${row}: ${column} is ${kept ?? 'missing'}, not ${counted}`,
  );
  return [
    ...(damage.length === 0 ? [] : [`The file has faults (${damage.length}):`, ...shortened(damage)]),
    ...(counters === undefined ? ['The jobs could not be counted.'] : []),
    ...(wrong.length === 0 ? [] : [`Counters are wrong (${wrong.length}):`, ...shortened(wrong)]),
  ];
}

function shortened(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${line}`);
  return lines.length > MOST_LINES ? [...shown, `  and ${lines.length - MOST_LINES} more`] : shown;
}

function verdict({ kind, database, found: { jobs } }: DataRepair): string {
  const file = shellWord(database);
  switch (kind) {
    case 'sound':
      return `${database} is sound: ${jobs} jobs, every counter and index agrees with them.`;
    case 'faulty':
      return 'Nothing was changed. To rebuild what can be rebuilt: smartjobs repair';
    case 'repaired':
      return `${database} is sound again: ${jobs ?? 'all'} jobs.`;
    case 'beyond-repair':
      return (
        `${database} is damaged beyond its counters and indexes. Nothing was changed. Restore a backup. Without one, ` +
        `SQLite's own shell saves what can still be read: sqlite3 ${file} .recover | sqlite3 rescued.db`
      );
  }
}
