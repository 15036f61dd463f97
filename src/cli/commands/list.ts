import type { Command } from 'commander';
import type { ListAnswer } from '../../client/answers.ts';
import type { RpcClient } from '../../client/rpc-client.ts';
import { listSmartJobs } from '../../operations/list-smart-jobs.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { errorDocument, failureOf, report, type Failure } from '../failure.ts';
import { jobTable } from '../job-table.ts';
import { paintFor } from '../paint.ts';
import { printable, printableJson } from '../printable-text.ts';
import { tableOptions } from '../table-options.ts';

const TABLE = tableOptions(listSmartJobs.parameters, {
  JobType: 'type',
  JobState: 'state',
  SortBy: 'sort',
  PageNo: 'page',
  PageSize: 'size',
});

/** Jobs a call when all pages are walked and no size is given. */
const WALK_SIZE = String(listSmartJobs.parameters.MaxResults.max);

type ListOptions = CommonOptions & { readonly all?: boolean };
type Values = Readonly<Record<string, string>>;

export function addList(program: Command, cli: Cli): void {
  const command = program.command('list').description(listSmartJobs.summary);
  for (const option of TABLE.options) command.addOption(option);
  command.option('--all', 'all pages, walked by NextToken');
  withJson(command).action(async (options: ListOptions) => cli.exit(await list(cli, options)));
}

async function list(cli: CliContext, options: ListOptions): Promise<ExitCode> {
  const read = TABLE.read(options);
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return withClient(cli, options, async (client) => {
    if (options.all !== true) return printPage(cli, client, read.values, options);
    return options.json === true ? printAllJson(cli, client, read.values) : printAll(cli, client, read.values);
  });
}

/** By number, so that the answer also says how many jobs there are. */
async function printPage(
  cli: CliContext,
  client: RpcClient,
  values: Values,
  { json = false }: CommonOptions,
): Promise<ExitCode | Failure> {
  const page = values['PageNo'] ?? '1';
  const outcome = await client.call('ListSmartJobs', { ...values, PageNo: page });
  if (outcome.kind !== 'ok') return failureOf(outcome);
  if (json) {
    cli.stdout.write(`${printableJson(outcome.body)}\n`);
    return 0;
  }
  const { SmartJobList: jobs, NextToken: next, TotalCount: total } = outcome.body;
  printTable(cli, outcome.body);
  if (total !== undefined) {
    const more = next === '' ? '' : ` Next page: ${repeated(values, Number(page) + 1)}`;
    cli.stderr.write(`${printable(`Page ${page}: ${jobs.length} of ${total} jobs.${more}`)}\n`);
  }
  return 0;
}

/** The same command line for another page; a value that was accepted is a plain word. */
function repeated(values: Values, page: number): string {
  const flags = { JobType: '--type', JobState: '--state', SortBy: '--sort', PageSize: '--size' };
  const kept = Object.entries(flags).filter(([name]) => values[name] !== undefined);
  return ['smartjobs list', ...kept.map(([name, flag]) => `${flag} ${values[name]}`), `--page ${page}`].join(' ');
}

function printTable(cli: CliContext, { SmartJobList: jobs }: ListAnswer, withHead = true): void {
  if (jobs.length === 0) return;
  const table = jobTable(jobs, paintFor(cli.stdout, cli.env), { withHead, toTerminal: cli.stdout.isTTY === true });
  cli.stdout.write(`${table}\n`);
}

function walk(client: RpcClient, { PageNo: _page, PageSize: size = WALK_SIZE, ...filters }: Values) {
  return client.listPages({ ...filters, MaxResults: size });
}

async function printAll(cli: CliContext, client: RpcClient, values: Values): Promise<ExitCode | Failure> {
  let count = 0;
  for await (const page of walk(client, values)) {
    if (page.kind !== 'ok') return failureOf(page);
    printTable(cli, page.body, count === 0);
    count += page.body.SmartJobList.length;
  }
  cli.stderr.write(`${count} jobs.\n`);
  return 0;
}

/** Job by job, so that a list of any length needs the memory of one page; a break in between leaves JSON too. */
async function printAllJson(cli: CliContext, client: RpcClient, values: Values): Promise<ExitCode> {
  let separator = '{"SmartJobList":[\n';
  let failure: Failure | undefined;
  for await (const page of walk(client, values)) {
    if (page.kind !== 'ok') {
      failure = failureOf(page);
      break;
    }
    for (const job of page.body.SmartJobList) {
      cli.stdout.write(`${separator}${printableJson(job, 0)}`);
      separator = ',\n';
    }
  }
  const opening = separator === ',\n' ? '\n' : separator;
  const error = failure === undefined ? '' : `,${printableJson(errorDocument(failure), 0).slice(1, -1)}`;
  cli.stdout.write(`${opening}]${error}}\n`);
  return failure?.exit ?? 0;
}
