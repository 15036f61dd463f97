import type { Command } from 'commander';
import { createLogger, type Logger } from '../../base/logger.ts';
import { readSettings, SETTINGS, type Settings } from '../../server/settings.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { printable } from '../printable-text.ts';
import { untilTold } from '../stop-signal.ts';

/** `serve` says why it cannot start on stderr, and with exit code 2: what helps is another setting. */
export function addServe(program: Command, cli: Cli): void {
  const command = program.command('serve');
  command.description('Starts the server and its workers. Set by flags, else the environment, else a config file.');
  for (const { name, flag, description, default: fallback } of SETTINGS) {
    if (flag === undefined) continue;
    const facts = fallback === undefined ? name : `${name}; default ${fallback}`;
    command.option(`${flag} <value>`, `${description} (${facts})`);
  }
  command.option('--config <file>', 'JSON file of settings by their names. (SMARTJOBS_CONFIG)');
  command.action(async (options: Readonly<Record<string, string>>) => cli.exit(await serve(cli, flagsOf(options))));
}

/** commander hands over `--objects-port` as `objectsPort`. */
function flagsOf(options: Readonly<Record<string, string>>): Record<string, string> {
  const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [`--${dashed(name)}`, value]));
}

async function serve(cli: CliContext, flags: Readonly<Record<string, string>>): Promise<ExitCode> {
  const outcome = readSettings({ flags, env: cli.env, cwd: cli.cwd });
  if (outcome.kind === 'problems') {
    for (const problem of outcome.problems) cli.stderr.write(`${printable(problem)}\n`);
    return 2;
  }
  for (const warning of outcome.warnings) cli.stderr.write(`warning: ${printable(warning)}\n`);
  return run(cli, outcome.settings, createLogger(outcome.settings.logLevel));
}

async function run(cli: CliContext, settings: Settings, log: Logger): Promise<ExitCode> {
  // Loaded here, not above: the other commands need neither database nor HTTP server.
  const { startServer } = await import('../../server/start-server.ts');
  const { StartUpProblem } = await import('../../server/start-up-problem.ts');
  const told = untilTold(process);
  const server = await startServer(settings, log).catch((error: unknown) => {
    if (error instanceof StartUpProblem) return error;
    throw error;
  });
  if (server instanceof StartUpProblem) {
    cli.stderr.write(`smartjobs: ${printable(server.message)}\n`);
    return 2;
  }
  cli.stdout.write(`${JSON.stringify(server.ready)}\n`);
  cli.stderr.write(await server.welcome());
  // Without TLS the signal keeps its meaning: the end, as when a terminal closes.
  if (settings.tls !== undefined) process.on('SIGHUP', () => void server.renewTls());
  await told;
  await server.stop();
  return 0;
}
