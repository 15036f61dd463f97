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
import { shellWord } from '../shell-word.ts';
import { tableOptions } from '../table-options.ts';

const FILTERS = {
  JobType: 'type',
  JobState: 'state',
  CreateTimeFrom: 'created-from',
  CreateTimeTo: 'created-to',
  TitleContains: 'title-contains',
  JobIds: 'ids',
  SortBy: 'sort',
};

const TABLE = tableOptions(listSmartJobs.parameters, { ...FILTERS, PageNo: 'page', PageSize: 'size' });

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
  printTable(cli, outcome.body);
  cli.stderr.write(`${printable(footer(outcome.body, values, Number(page)))}\n`);
  return 0;
}

/** How many jobs there are, where that is counted, and how to see more. */
function footer(
  { SmartJobList: jobs, NextToken: next, TotalCount: total }: ListAnswer,
  values: Values,
  page: number,
): string {
  if (total === undefined) return `${jobs.length} jobs${next === '' ? '' : ' and more; --all shows every one'}.`;
  const more = next === '' ? '' : ` Next page: ${repeated(values, page + 1)}`;
  return `Page ${page}: ${jobs.length} of ${total} jobs.${more}`;
}

/** The same command line for another page. */
function repeated(values: Values, page: number): string {
  const given = Object.entries({ ...FILTERS, PageSize: 'size' }).flatMap(([name, flag]) => {
    const value = values[name];
    return value === undefined ? [] : [`--${flag} ${shellWord(value)}`];
  });
  return ['smartjobs list', ...given, `--page ${page}`].join(' ');
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
