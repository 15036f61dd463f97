import { findProgram } from './find-program.ts';

export type CommandLine = { readonly program: string; readonly args: readonly string[] };

let setpriv: string | false | undefined;

/**
 * The command line that runs the same program tied to this process: when this process dies, however it dies, the
 * kernel kills the program. `setpriv` (util-linux) sets PR_SET_PDEATHSIG and then becomes the program, so the process
 * id and the exit code are the program's own.
 *
 * Only Linux has this. Elsewhere, or where setpriv is missing, the program is run as it is: a server that is stopped
 * or fails still ends its children, one that is killed by SIGKILL leaves them to their time caps.
 */
export function tether(command: CommandLine): CommandLine {
  setpriv ??= (process.platform === 'linux' && findProgram('setpriv')) || false;
  if (setpriv === false) return command;
  return { program: setpriv, args: ['--pdeathsig', 'KILL', '--', command.program, ...command.args] };
}
