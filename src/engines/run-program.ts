import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { BoundedText, LineReader } from './bounded-text.ts';
import { findProgram, PROGRAM_PATH } from './find-program.ts';
import { limit, type ProgramLimits } from './program-limits.ts';
import { killGroup, yieldTheProcessor } from './program-group.ts';
import { isolate, KILLED_BY_SIGNAL, sandboxHere, type Sandbox } from './sandbox.ts';
import { tether, type CommandLine } from './tether.ts';

export type ProgramRun = {
  /** A name on PATH, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  /** The program's working directory, HOME and TMPDIR; in a sandbox the only folder that it can write to. */
  readonly scratch: string;
  /** Files outside of the scratch folder that it has to read, if they are not part of what is installed. */
  readonly reads?: readonly string[];
  /** Environment variables of ours that it needs. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly limits: ProgramLimits;
  /** Seconds until the program and all it started are killed. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
  /** Each line of standard output; lines over 1 MiB are dropped. */
  readonly onLine?: (line: string) => void;
  /** Each line of standard error. */
  readonly onErrorLine?: (line: string) => void;
};

export type ProgramOutcome =
  /** `stdout` and `stderr` hold their last 64 Ki characters. */
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  /**
   * Killed by a signal that was not ours: a crash, or the machine ran out of memory. Where the machine had no room to
   * start it, `signal` is the system's error: EAGAIN, EMFILE.
   */
  | { readonly kind: 'crashed'; readonly signal: string; readonly stderr: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not-found'; readonly program: string };

const OUTPUT_LIMIT = 64 * 1024;
const LINE_LIMIT = 1024 * 1024;
/** Milliseconds between the polite signal and the one that cannot be ignored. */
const GRACE = 1000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Runs an external program in a process group of its own, with a cleared environment: nothing of the server's
 * settings or secrets reaches it. It runs under caps, and in a sandbox where this machine has one: media are made by
 * strangers, and decoders have faults.
 *
 * No text of a caller belongs into `args`, not even quoted: a filter graph, an option or a path that holds one can be
 * made to mean something else. It is written to a file in the scratch folder, and the file's name, which is ours, is
 * passed. What callers choose by number or name (times, languages) is passed only after it was parsed.
 *
 * It resolves when the program has ended and nothing of its group is left; it never rejects.
 */
export async function runProgram(run: ProgramRun, sandboxGiven?: Sandbox): Promise<ProgramOutcome> {
  const sandbox = sandboxGiven ?? (await sandboxHere());
  if (run.signal.aborted) return { kind: 'aborted' };
  const path = findProgram(run.program);
  if (path === undefined) return { kind: 'not-found', program: run.program };
  const { scratch, reads = [], limits, timeLimit } = run;
  const inside = isolate({ program: path, args: run.args }, { scratch, reads }, sandbox);
  const command = tether(limit(inside, limits, timeLimit));
  let child: Child;
  try {
    child = start(command, run);
  } catch (error) {
    return notStarted(error, run);
  }
  yieldTheProcessor(child);
  return unwrapped(await watch(child, run), sandbox);
}

/** Throws some of the system's errors, and emits others. */
function start(command: CommandLine, { scratch, variables }: ProgramRun): Child {
  return spawn(command.program, command.args, {
    cwd: scratch,
    env: { ...variables, PATH: PROGRAM_PATH, LANG: 'C.UTF-8', HOME: scratch, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

function notStarted(error: unknown, { program }: ProgramRun): ProgramOutcome {
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES') return { kind: 'not-found', program };
  return { kind: 'crashed', signal: code, stderr: message };
}

/** A program that was killed by a signal is one that crashed, in the sandbox as outside of it. */
function unwrapped(outcome: ProgramOutcome, sandbox: Sandbox): ProgramOutcome {
  if (sandbox.kind === 'none' || outcome.kind !== 'exited' || outcome.code <= KILLED_BY_SIGNAL) return outcome;
  const number = outcome.code - KILLED_BY_SIGNAL;
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return name === undefined ? outcome : { kind: 'crashed', signal: name, stderr: outcome.stderr };
}

function watch(child: Child, run: ProgramRun): Promise<ProgramOutcome> {
  const stdout = collect(child.stdout, run.onLine);
  const stderr = collect(child.stderr, run.onErrorLine);
  return new Promise((resolve) => {
    let ended: ProgramOutcome | undefined;
    let killTimer: NodeJS.Timeout | undefined;
    const end = (why: ProgramOutcome): void => {
      if (ended !== undefined) return;
      ended = why;
      killGroup(child, 'SIGTERM');
      killTimer = setTimeout(() => killGroup(child, 'SIGKILL'), GRACE);
    };
    const onAbort = (): void => end({ kind: 'aborted' });
    const seconds = run.timeLimit;
    const limitTimer = setTimeout(() => end({ kind: 'timed-out', seconds }), seconds * 1000);
    const settle = (outcome: ProgramOutcome): void => {
      clearTimeout(limitTimer);
      clearTimeout(killTimer);
      run.signal.removeEventListener('abort', onAbort);
      resolve(ended ?? outcome);
    };
    run.signal.addEventListener('abort', onAbort, { once: true });
    // What the program may have started and left behind dies with it; it also holds the pipes open.
    child.once('exit', () => {
      killGroup(child, 'SIGKILL');
      letGo(child);
    });
    child.once('error', (error) => settle(notStarted(error, run)));
    child.once('close', (code, signal) => {
      if (code === null) settle({ kind: 'crashed', signal: signal ?? 'SIGKILL', stderr: stderr.text });
      else settle({ kind: 'exited', code, stdout: stdout.text, stderr: stderr.text });
    });
  });
}

/** Closes the pipes of a program that has ended where something that left its group holds them open, and is silent. */
function letGo(child: Child): void {
  const streams = [child.stdout, child.stderr];
  let isSilent = true;
  const onData = (): void => {
    isSilent = false;
  };
  for (const stream of streams) stream.on('data', onData);
  const look = (): void => {
    if (isSilent) for (const stream of streams) stream.destroy();
    isSilent = true;
  };
  // After a pause of this process what lies in the pipes is read first.
  const timer = setInterval(() => setImmediate(look), GRACE);
  child.once('close', () => clearInterval(timer));
}

function collect(stream: Readable, onLine?: (line: string) => void): BoundedText {
  const kept = new BoundedText(OUTPUT_LIMIT);
  const lines = onLine === undefined ? undefined : new LineReader(LINE_LIMIT, onLine);
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    kept.add(chunk);
    lines?.add(chunk);
  });
  stream.on('end', () => lines?.end());
  return kept;
}
