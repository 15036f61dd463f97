import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findProgram } from './find-program.ts';
import type { CommandLine } from './tether.ts';

/** How much a program is kept from: with 'bubblewrap' also from the network, from secrets and from every other file. */
export type Sandbox = { readonly kind: 'bubblewrap'; readonly program: string } | { readonly kind: 'none' };

/** What a program needs of the file system beyond reading what is installed. */
export type Reach = {
  /** The one folder that it may write to; absent = it writes to none. */
  readonly scratch?: string;
  /** Files and folders outside of it that it is given to read. */
  readonly reads: readonly string[];
};

const NONE: Sandbox = { kind: 'none' };
const hidden = new Set<string>();

/** From now on no sandboxed program sees into the folder, but for its own scratch folder and the files it is given. */
export function hideFromPrograms(folder: string): void {
  hidden.add(realpathSync(folder));
}

let here: Promise<Sandbox> | undefined;

/**
 * The sandbox of this machine, tried out once: many containers have the program but not the right to make a
 * namespace, and there every run would fail.
 */
export function sandboxHere(): Promise<Sandbox> {
  here ??= tryOut();
  return here;
}

async function tryOut(): Promise<Sandbox> {
  const program = process.platform === 'linux' ? findProgram('bwrap') : undefined;
  const harmless = findProgram('true');
  if (program === undefined || harmless === undefined) return NONE;
  const sandbox: Sandbox = { kind: 'bubblewrap', program };
  const trial = isolate({ program: harmless, args: [] }, { scratch: tmpdir(), reads: [] }, sandbox);
  return new Promise((resolve) => {
    execFile(trial.program, trial.args, { timeout: 5000 }, (error) => resolve(error === null ? sandbox : NONE));
  });
}

/**
 * The command line that runs the same program without a network, on a read-only file system, alone in its own
 * process table. Nothing that breaks out of a decoder can send what it finds, nor keep it anywhere.
 */
export function isolate(command: CommandLine, { scratch, reads }: Reach, sandbox: Sandbox): CommandLine {
  if (sandbox.kind === 'none') return command;
  const args = [
    ...['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    ...[...hidden].flatMap((folder) => ['--tmpfs', folder]),
    ...(scratch === undefined ? [] : ['--bind', scratch, scratch]),
    ...reads.flatMap((file) => ['--ro-bind-try', file, file]),
    ...['--chdir', scratch ?? '/', '--', command.program, ...command.args],
  ];
  return { program: sandbox.program, args };
}

/** bubblewrap reports a signal that killed the program as a shell does: 128 and the signal's number. */
export const KILLED_BY_SIGNAL = 128;
