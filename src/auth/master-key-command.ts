import { spawnSync } from 'node:child_process';

/** Milliseconds; a vault that is asked over the network answers in less. */
const TIME_LIMIT_MS = 15_000;
/** Bytes; a key has 64. */
const MOST_OUTPUT = 64 * 1024;

/**
 * The words of a command: a JSON array of strings, or text that is cut at white space and nowhere else. There are no
 * quotes, variables or wildcards, for no shell reads it. Undefined where there is no first word, the program.
 */
export function keyCommandWords(text: string): readonly string[] | undefined {
  const words = text.trimStart().startsWith('[') ? jsonWords(text) : text.split(/\s+/).filter(Boolean);
  return words?.[0] ? words : undefined;
}

export type KeyCommandOutcome =
  { readonly kind: 'printed'; readonly output: string } | { readonly kind: 'failed'; readonly reason: string };

/**
 * Runs the program itself, without a shell, in this process's folder and environment less the server's own settings,
 * with nothing on standard input. What it writes to standard error goes to ours. It has 15 seconds.
 */
export function runKeyCommand([program = '', ...args]: readonly string[]): KeyCommandOutcome {
  const { error, status, signal, stdout } = spawnSync(program, args, {
    shell: false,
    encoding: 'latin1',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_OUTPUT,
    env: withoutOwnSettings(process.env),
  });
  if (error !== undefined) return { kind: 'failed', reason: `'${program}' ${said(error)}` };
  if (status === 0) return { kind: 'printed', output: stdout };
  return {
    kind: 'failed',
    reason: `'${program}' ended with ${signal ?? `exit code ${status}`}`,
  };
}

function said(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOENT':
      return 'is not a program that can be found';
    case 'EACCES':
      return 'may not be run';
    case 'ETIMEDOUT':
      return `was not done after ${TIME_LIMIT_MS / 1000} seconds`;
    case 'ENOBUFS':
      return 'printed far more than a key';
    default:
      return `cannot be run (${error.code ?? error.message})`;
  }
}

function jsonWords(text: string): string[] | undefined {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}

function withoutOwnSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('SMARTJOBS_')));
}
