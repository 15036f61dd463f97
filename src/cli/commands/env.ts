import { Option, type Command } from 'commander';
import type { Connection } from '../../client/connection.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withConnection, withJson, type CommonOptions } from '../client-command.ts';
import { printableJson } from '../printable-text.ts';
import { KEY_VARIABLES, SDK_SNIPPETS, SDKS, type Sdk, type SdkFacts } from '../sdk-snippets.ts';
import { shellWord } from '../shell-word.ts';

type EnvOptions = CommonOptions & { readonly sdk?: Sdk; readonly shell?: boolean; readonly showSecret?: boolean };

export function addEnv(program: Command, cli: Cli): void {
  const command = program.command('env');
  command.description('Prints client configuration to paste, for the official SDKs and for the shell.');
  command.addOption(new Option('--sdk <sdk>', 'only this one').choices(SDKS));
  command.option('--shell', 'export lines for these commands: eval "$(smartjobs env --shell)"');
  command.option('--show-secret', 'the secret itself, instead of where it lies');
  withJson(command).action(async (options: EnvOptions) =>
    cli.exit(await withConnection(cli, options, async (connection) => printEnv(cli, connection, options))),
  );
}

function printEnv(cli: CliContext, connection: Connection, options: EnvOptions): ExitCode {
  const { json = false, shell = false, sdk } = options;
  if (json) cli.stdout.write(`${printableJson(envDocument(connection, options))}\n`);
  else if (shell) cli.stdout.write(shellExports(connection, options));
  else cli.stdout.write(snippets(connection, sdk === undefined ? SDKS : [sdk], options));
  return 0;
}

function envDocument(
  { endpoint, objects, region, key, secretFile }: Connection,
  { showSecret }: EnvOptions,
): object {
  const { host, protocol } = hostAndProtocol(endpoint);
  const secret = showSecret === true ? { accessKeySecret: key.secret } : { secretFile: secretFile ?? null };
  return { endpoint, host, protocol, objects: objects ?? null, region, accessKeyId: key.id, ...secret };
}

/** For `eval`: what the client commands of another folder or machine read. */
function shellExports(connection: Connection, options: EnvOptions): string {
  const { endpoint, objects, key } = connection;
  const lines = [
    `export SMARTJOBS_ENDPOINT=${shellWord(endpoint)}`,
    ...(objects === undefined ? [] : [`export SMARTJOBS_OBJECTS_ENDPOINT=${shellWord(objects)}`]),
    `export SMARTJOBS_ACCESS_KEY_ID=${shellWord(key.id)}`,
    `export SMARTJOBS_ACCESS_KEY_SECRET=${secretWord(connection, options)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function snippets(connection: Connection, sdks: readonly Sdk[], options: EnvOptions): string {
  const { endpoint, region, key } = connection;
  const shown = options.showSecret === true ? key : undefined;
  const facts: SdkFacts = { ...hostAndProtocol(endpoint), region, key: shown };
  const programs = sdks.map((sdk) => SDK_SNIPPETS[sdk](facts));
  if (shown !== undefined) return programs.join('\n');
  const exports = [
    '# The key, for the shell that runs the program:',
    `export ${KEY_VARIABLES.id}=${shellWord(key.id)}`,
    `export ${KEY_VARIABLES.secret}=${secretWord(connection, options)}`,
    '',
  ];
  return [exports.join('\n'), ...programs].join('\n');
}

/** The secret stays where it lies: it is read when the line runs, and stands in no scrollback. */
function secretWord({ key, secretFile }: Connection, { showSecret }: EnvOptions): string {
  if (showSecret === true) return shellWord(key.secret);
  if (secretFile === undefined) return '"$SMARTJOBS_ACCESS_KEY_SECRET"';
  const read = 'JSON.parse(fs.readFileSync(process.argv[1])).accessKeySecret';
  return `"$(node -p '${read}' ${shellWord(secretFile)})"`;
}

/** The official clients want `host:port` and the protocol apart. */
function hostAndProtocol(endpoint: string): { readonly host: string; readonly protocol: 'http' | 'https' } {
  const url = new URL(endpoint);
  return {
    host: `${url.host}${url.pathname.replace(/\/$/, '')}`,
    protocol: url.protocol === 'https:' ? 'https' : 'http',
  };
}
