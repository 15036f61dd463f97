import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { findProgram } from './find-program.ts';
import type { CommandLine } from './tether.ts';

/** What a program may take of the machine at most. All of it is far above what was measured for honest inputs. */
export type ProgramLimits = {
  /** Bytes of address space, which is more than the memory in use. */
  readonly memory: number | 'unlimited';
  /** Bytes of memory that it can write to, stacks of threads included; absent = as many as `memory` lets it have. */
  readonly data?: number;
  /** Bytes of each file that it writes. */
  readonly fileSize: number;
  /** Seconds of processor time, of all its threads together; absent = as many as the time limit has room for. */
  readonly cpu?: number;
};

export const MIB = 1024 * 1024;

/** An output that nobody reads may be no larger than this. */
export const SMALL_FILES = 16 * MIB;

/** Seconds of processor time above what all processors have within the time limit: the clock ends a program first. */
const CPU_ROOM = 10;
const OPEN_FILES = 256;
/** The kernel counts the processes and threads of a user, not of a program: this many more than there are now. */
const PROCESS_ROOM = 1024;

let prlimit: string | undefined;

/** `prlimit` of util-linux; undefined on systems without it, where time limits are the only cap. */
export function limiter(): string | undefined {
  prlimit ??= process.platform === 'linux' ? findProgram('prlimit') : undefined;
  return prlimit;
}

/**
 * The command line that runs the same program under caps that neither it nor its children can lift.
 * @param timeLimit seconds; Infinity for a program that stays and whose requests are timed one by one
 */
export function limit(command: CommandLine, limits: ProgramLimits, timeLimit: number): CommandLine {
  const program = limiter();
  if (program === undefined) return command;
  const caps = {
    as: limits.memory,
    ...(limits.data === undefined ? {} : { data: limits.data }),
    fsize: Math.ceil(limits.fileSize),
    cpu: limits.cpu === undefined ? cpuWithin(timeLimit) : politely(limits.cpu),
    nofile: OPEN_FILES,
    nproc: threadsOnThisMachine() + PROCESS_ROOM,
    core: 0,
  };
  const options = Object.entries(caps).map(([name, value]) => `--${name}=${value}`);
  return { program, args: [...options, '--', command.program, ...command.args] };
}

/** The kernel counts the time of every thread: a program with one for each processor uses up seconds side by side. */
function cpuWithin(timeLimit: number): number | 'unlimited' {
  return Number.isFinite(timeLimit) ? Math.ceil(timeLimit * availableParallelism()) + CPU_ROOM : 'unlimited';
}

/** A signal of its own a second before the one that says nothing. */
function politely(seconds: number): string {
  return `${seconds}:${seconds + 1}`;
}

/** Of all users, so never less than the kernel has counted for this one. */
function threadsOnThisMachine(): number {
  const total = /\/(\d+) /.exec(readFileSync('/proc/loadavg', 'utf8'))?.[1];
  return Number(total ?? 32_768);
}
