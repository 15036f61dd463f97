import type { Command } from 'commander';
import { readConnection, type Connection } from '../client/connection.ts';
import { trustLocalAuthority } from '../client/local-authority.ts';
import type { RpcClient } from '../client/rpc-client.ts';
import type { CliContext, ExitCode } from './cli-context.ts';
import { failureOf, report, usageFailure, type Failure } from './failure.ts';
import { printableJson } from './printable-text.ts';

/** The options that every command which prints data has. */
export type CommonOptions = { readonly json?: boolean };

export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON, as the API answers it');
}

/** Runs a command with the server it is to talk to, or says how to name one. */
export async function withConnection(
  cli: CliContext,
  { json = false }: CommonOptions,
  run: (connection: Connection) => Promise<ExitCode | Failure>,
): Promise<ExitCode> {
  const outcome = readConnection(cli);
  if (outcome.kind === 'missing') return report(cli, usageFailure('Configuration', outcome.message), json);
  await trustLocalAuthority(cli, outcome.connection.endpoint);
  const ended = await run(outcome.connection);
  return typeof ended === 'object' ? report(cli, ended, json) : ended;
}

export function withClient(
  cli: CliContext,
  options: CommonOptions,
  run: (client: RpcClient) => Promise<ExitCode | Failure>,
): Promise<ExitCode> {
  return withConnection(cli, options, async (connection) => {
    // Loaded here: an HTTP client takes 100 ms to load, and not every command needs it.
    const { RpcClient } = await import('../client/rpc-client.ts');
    return run(new RpcClient(connection, cli.clock));
  });
}

type SimpleAction = 'CancelSmartJob' | 'DeleteSmartJob';

/** Calls an action on jobs and prints its answer, or one sentence for people. */
export async function callOnJob(
  cli: CliContext,
  client: RpcClient,
  { action, jobId, said, json = false }: { action: SimpleAction; jobId: string; said: string; json?: boolean },
): Promise<ExitCode | Failure> {
  const outcome = await client.call(action, { JobId: jobId });
  if (outcome.kind !== 'ok') return failureOf(outcome);
  cli.stdout.write(json ? `${printableJson(outcome.body)}\n` : `${said}\n`);
  return 0;
}
