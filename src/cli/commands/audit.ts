import { join } from 'node:path';
import type { Command } from 'commander';
import type { AuditLine } from '../../audit/audit-line.ts';
import type { AuditQuery } from '../../audit/audit-query.ts';
import { dataDirOf } from '../../client/connection.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withJson, type CommonOptions } from '../client-command.ts';
import { report, usageFailure, type Failure } from '../failure.ts';
import { paintFor, type Paint } from '../paint.ts';
import { parsePastTime } from '../past-time.ts';
import { printable, printableJson } from '../printable-text.ts';

type AuditOptions = CommonOptions & {
  readonly since?: string;
  readonly until?: string;
  readonly action?: string;
  readonly caller?: string;
  readonly outcome?: string;
  readonly requestId?: string;
};

const TIMES = '2026-01-02, 2026-01-02T03:04:05Z, or how long ago: 30m, 24h, 7d';

export function addAudit(program: Command, cli: Cli): void {
  const command = program.command('audit');
  command.description('Shows who did what: the audit log in the data dir of a server on this machine.');
  command.option('--since <time>', `from then on (${TIMES})`);
  command.option('--until <time>', 'before then');
  command.option('--action <name>', 'ice:SubmitASRJob, SubmitASRJob, or ram:* for all of a product');
  command.option('--caller <who>', 'root, user/NAME, role/NAME/SESSION, an access key id or an account');
  command.option('--outcome <outcome>', 'ok, refused for everything else, or one error code');
  command.option('--request-id <id>', 'the call that was answered with this RequestId');
  withJson(command).action(async (options: AuditOptions) => cli.exit(await showAudit(cli, options)));
  const verify = command.command('verify').description('Says whether every line is as it was written.');
  // `--json` is an option of the command above too, which takes it wherever it stands.
  verify.option('--json', 'print JSON');
  verify.action(async () => cli.exit(await verifyLog(cli, verify.optsWithGlobals<CommonOptions>())));
}

async function showAudit(cli: CliContext, options: AuditOptions): Promise<ExitCode> {
  const { json = false, action, caller, outcome, requestId } = options;
  const since = timeOf(cli, '--since', options.since);
  const until = timeOf(cli, '--until', options.until);
  if (typeof since === 'object') return report(cli, since, json);
  if (typeof until === 'object') return report(cli, until, json);
  const query: AuditQuery = { since, until, action, caller, outcome, requestId };
  // Loaded here: the other commands do not read the log.
  const { findAuditLines } = await import('../../audit/audit-query.ts');
  const paint = paintFor(cli.stdout, cli.env);
  let count = 0;
  for await (const line of findAuditLines(auditFolder(cli), query)) {
    count += 1;
    // One document a line, as the log itself has them.
    const text = json ? printableJson(line, 0) : shown(line, paint);
    if (!cli.stdout.write(`${text}\n`)) await drained(cli);
  }
  if (count === 0 && !json) cli.stderr.write(`No line of ${auditFolder(cli)} fits.\n`);
  return 0;
}

async function verifyLog(cli: CliContext, { json = false }: CommonOptions): Promise<ExitCode> {
  const { verifyAudit } = await import('../../audit/verify-audit.ts');
  const verdict = await verifyAudit(auditFolder(cli));
  const intact = verdict.kind === 'intact';
  if (json) cli.stdout.write(`${printableJson(verdict)}\n`);
  else if (!intact) cli.stdout.write(`${verdict.place}: the log was changed: ${verdict.reason}.\n`);
  else if (verdict.lines === 0) cli.stdout.write(`There are no lines in ${auditFolder(cli)}.\n`);
  else {
    const { lines, firstSeq, lastSeq, lastHash } = verdict;
    cli.stdout.write(
      `${lines} lines, ${firstSeq} to ${lastSeq}, each as it was written.\nThe last one: ${lastHash}\n`,
    );
  }
  return intact ? 0 : 1;
}

function auditFolder(cli: CliContext): string {
  return join(dataDirOf(cli), 'audit');
}

function timeOf(cli: CliContext, option: string, text: string | undefined): number | undefined | Failure {
  if (text === undefined) return undefined;
  const time = parsePastTime(text, cli.clock.now());
  return time ?? usageFailure('Usage', `${option}: '${text}' is no time such as ${TIMES}.`);
}

function shown(
  { time, outcome, caller, account, action, source, requestId, ids, unrecorded }: AuditLine,
  paint: Paint,
): string {
  const who = [caller || 'unproven', account].filter(Boolean).join('@');
  const what = Object.entries(ids).map(([name, value]) => `${name}=${value}`);
  const gap = unrecorded === undefined ? [] : [`(after ${unrecorded} unrecorded calls)`];
  const cells = [who, source || 'local', action || '-', ...what, requestId, ...gap].map(printable);
  return `${time} ${paint(outcome === 'ok' ? 'green' : 'red', printable(outcome))} ${cells.join(' ')}`;
}

function drained(cli: CliContext): Promise<void> {
  return new Promise((resolve) => cli.stdout.once('drain', resolve));
}
