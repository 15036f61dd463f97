import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { AnyOperation } from '../gateway/operation.ts';
import type { ParameterTable } from '../gateway/parameter-table.ts';
import type { OperationServices } from '../operations/services.ts';
import { printAnswerText, type AnswerText } from './answer-text.ts';
import type { Cli, CliContext, ExitCode } from './cli-context.ts';
import { withClient, withJson, type CommonOptions } from './client-command.ts';
import { failureOf, report, usageFailure, type Failure } from './failure.ts';
import { printableJson } from './printable-text.ts';
import { help, optionNames, tableOptions, type TableOptions } from './table-options.ts';

/** A command that is one call of the API: what it takes and says is read from the table of the operation. */
export type ApiCommand = {
  readonly name: string;
  readonly operation: AnyOperation<OperationServices>;
  /** Where the command does less than the operation, whose summary it has otherwise. */
  readonly summary?: string;
  /** Parameters that are arguments, in their order. The others are options. */
  readonly positional?: readonly string[];
  /** Parameters that are arguments and name a file, which holds the value. After the others. */
  readonly files?: readonly string[];
  /** Parameters that are the same in every call of the command. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Parameters that have this value where the command line gives none. */
  readonly usual?: Readonly<Record<string, string>>;
  /** Parameters that the command does not offer. */
  readonly hidden?: readonly string[];
  readonly text: AnswerText;
  /** What is worth saying besides, on standard error. */
  readonly hint?: string;
};

type Values = Readonly<Record<string, string>>;

export function addApiCommand(parent: Command, cli: Cli, spec: ApiCommand): void {
  const { operation, positional = [], files = [], fixed = {}, hidden = [] } = spec;
  const { parameters } = operation;
  const command = parent.command(spec.name).description(spec.summary ?? operation.summary);
  for (const name of [...positional, ...files]) {
    const parameter = parameters[name];
    if (parameter === undefined) throw new Error(`${operation.action} has no parameter ${name}.`);
    const isFile = files.includes(name);
    const description = isFile ? `A file that holds it. ${parameter.description}` : help(parameter);
    command.argument(`<${argumentName(name)}${isFile ? '-file' : ''}>`, description);
  }
  const taken = [...positional, ...files, ...Object.keys(fixed), ...hidden];
  const table = tableOptions(parameters, withoutNew(optionNames(parameters, taken), parameters));
  for (const option of table.options) command.addOption(option);
  withJson(command).action(async (...given: unknown[]) => {
    // commander hands over the arguments, then the options, then the command.
    const options = given.at(-2) as CommonOptions & Readonly<Record<string, unknown>>;
    cli.exit(await run(cli, spec, table, { texts: given as string[], options }));
  });
}

/** `--description` for NewDescription; `--new-user-name` stays, for there is a UserName besides. */
function withoutNew(names: Readonly<Record<string, string>>, parameters: ParameterTable): Record<string, string> {
  const short = Object.entries(names).map(([name, option]) =>
    name.startsWith('New') && !(name.slice('New'.length) in parameters)
      ? [name, option.slice('new-'.length)]
      : [name, option],
  );
  return Object.fromEntries(short) as Record<string, string>;
}

type Given = {
  readonly texts: readonly string[];
  readonly options: CommonOptions & Readonly<Record<string, unknown>>;
};

async function run(cli: CliContext, spec: ApiCommand, table: TableOptions, given: Given): Promise<ExitCode> {
  const json = given.options.json === true;
  const fixed = await fixedValues(cli, spec, given.texts);
  if (fixed.kind === 'failure') return report(cli, fixed, json);
  const read = table.read(given.options, fixed.values);
  if (read.kind === 'failure') return report(cli, read, json);
  return withClient(cli, given.options, async (client) => {
    const { product, action } = spec.operation;
    const outcome = await client.callProduct(product, action, read.values);
    if (outcome.kind !== 'ok') return failureOf(outcome);
    if (json) cli.stdout.write(`${printableJson(outcome.body)}\n`);
    else printAnswerText(cli, spec.text, outcome.body, read.values);
    if (!json && spec.hint !== undefined) cli.stderr.write(`${spec.hint}\n`);
    return 0;
  });
}

/** The arguments by their wire names, those of files with what the files hold. */
async function fixedValues(
  cli: CliContext,
  { positional = [], files = [], fixed = {}, usual = {} }: ApiCommand,
  texts: readonly string[],
): Promise<{ readonly kind: 'values'; readonly values: Values } | Failure> {
  const values: Record<string, string> = { ...usual, ...fixed };
  for (const [index, name] of positional.entries()) values[name] = texts[index] ?? '';
  for (const [index, name] of files.entries()) {
    const path = texts[positional.length + index] ?? '';
    try {
      values[name] = await readFile(resolve(cli.cwd, path), 'utf8');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return usageFailure('File', `'${path}' cannot be read: ${reason}.`);
    }
  }
  return { kind: 'values', values };
}

function argumentName(wireName: string): string {
  return wireName.replaceAll(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
}
