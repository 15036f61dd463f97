import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { NO_OBJECTS_ENDPOINT, type Connection } from '../../client/connection.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withConnection, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, usageFailure, type Failure } from '../failure.ts';
import { byteCount, objectArgument, objectUrl } from '../object-argument.ts';
import { printable, printableJson } from '../printable-text.ts';

export function addFetch(program: Command, cli: Cli): void {
  const command = program.command('fetch');
  command.description('Downloads an object. A file of that name is overwritten, once the whole object is here.');
  command.argument('<object>', 'oss://bucket/key');
  command.argument('<file>', 'A file on this machine, or a folder to put it into.');
  withJson(command).action(async (object: string, file: string, options: CommonOptions) =>
    cli.exit(
      await withConnection(cli, options, (connection) =>
        fetchObject(cli, connection, { file, object, ...options }),
      ),
    ),
  );
}

type FetchArguments = CommonOptions & { readonly file: string; readonly object: string };

async function fetchObject(
  cli: CliContext,
  { objects, ...connection }: Connection,
  { file: given, object: text, json = false }: FetchArguments,
): Promise<ExitCode | Failure> {
  if (objects === undefined) return usageFailure('Configuration', NO_OBJECTS_ENDPOINT);
  const named = objectArgument(text);
  if (named.kind === 'failure') return named;
  const path = resolve(cli.cwd, given);
  const isFolder = given.endsWith('/') || (existsSync(path) && statSync(path).isDirectory());
  const file = isFolder ? join(path, basename(named.object.key)) : path;
  const { ObjectClient } = await import('../../client/object-client.ts');
  const client = new ObjectClient({ ...connection, objects }, cli.clock);
  const outcome = await client.get(named.object, file);
  if (outcome.kind !== 'ok') return failureOf(outcome);
  const { bytes } = outcome;
  const document = { object: objectUrl(named.object), file, bytes };
  cli.stdout.write(`${json ? printableJson(document) : printable(`${file} (${byteCount(bytes)})`)}\n`);
  return 0;
}
