import { resolve } from 'node:path';
import type { Command } from 'commander';
import { NO_OBJECTS_ENDPOINT, type Connection } from '../../client/connection.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withConnection, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, usageFailure, type Failure } from '../failure.ts';
import { byteCount, objectArgument, objectUrl } from '../object-argument.ts';
import { printable, printableJson } from '../printable-text.ts';

export function addPut(program: Command, cli: Cli): void {
  const command = program.command('put');
  command.description('Uploads a file. A bucket that is not there is created.');
  command.argument('<file>', 'A file on this machine.');
  command.argument('<object>', 'oss://bucket/key; behind a closing slash the name of the file is added.');
  withJson(command).action(async (file: string, object: string, options: CommonOptions) =>
    cli.exit(
      await withConnection(cli, options, (connection) => put(cli, connection, { file, object, ...options })),
    ),
  );
}

type PutArguments = CommonOptions & { readonly file: string; readonly object: string };

async function put(
  cli: CliContext,
  { objects, ...connection }: Connection,
  { file, object: text, json = false }: PutArguments,
): Promise<ExitCode | Failure> {
  if (objects === undefined) return usageFailure('Configuration', NO_OBJECTS_ENDPOINT);
  const named = objectArgument(text, file);
  if (named.kind === 'failure') return named;
  const { ObjectClient } = await import('../../client/object-client.ts');
  const client = new ObjectClient({ ...connection, objects }, cli.clock);
  const outcome = await client.put(resolve(cli.cwd, file), named.object);
  if (outcome.kind !== 'ok') return failureOf(outcome);
  const object = objectUrl(named.object);
  const said = `${object} (${byteCount(outcome.bytes)})`;
  cli.stdout.write(`${json ? printableJson({ object, bytes: outcome.bytes }) : printable(said)}\n`);
  return 0;
}
