import type { Command } from 'commander';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withJson, type CommonOptions } from '../client-command.ts';
import { paintFor, type Colour, type Paint } from '../paint.ts';
import { printable, printableJson } from '../printable-text.ts';
import type { Check } from '../doctor/check.ts';

export function addDoctor(program: Command, cli: Cli): void {
  const command = program.command('doctor');
  command.description('Says what works on this machine, what is missing, and the one command to get it.');
  withJson(command).action(async (options: CommonOptions) => cli.exit(await doctor(cli, options)));
}

async function doctor(cli: CliContext, { json = false }: CommonOptions): Promise<ExitCode> {
  // Loaded here: the engines and the settings are nothing to the other client commands.
  const { examine } = await import('../doctor/examine.ts');
  const { ok, checks, command } = await examine(cli);
  if (json) {
    cli.stdout.write(`${printableJson({ ok, checks, command: command ?? null })}\n`);
    return ok ? 0 : 1;
  }
  const paint = paintFor(cli.stdout, cli.env);
  for (const check of checks) cli.stdout.write(`${checkLine(check, paint)}\n`);
  const verdict = ok ? paint('green', 'Jobs can run here.') : paint('red', 'Jobs cannot run here yet.');
  const remedy = command === undefined ? '' : ` To get what is missing:\n\n  ${command}\n`;
  cli.stdout.write(`\n${verdict}${remedy}\n`);
  return ok ? 0 : 1;
}

const COLOURS: Readonly<Record<Check['state'], Colour>> = { ok: 'green', missing: 'red', optional: 'yellow' };

function checkLine({ name, state, detail, remedy }: Check, paint: Paint): string {
  const advice = remedy === undefined ? '' : `\n${' '.repeat(STATE_WIDTH)}${printable(remedy)}`;
  const columns = `${paint(COLOURS[state], state.padEnd(STATE_WIDTH))}${printable(name).padEnd(NAME_WIDTH)}`;
  return `${columns}${printable(detail)}${advice}`;
}

const STATE_WIDTH = 10;
const NAME_WIDTH = 28;
