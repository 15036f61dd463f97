import type { Clock } from '../base/clock.ts';

/** A stream that text is printed to; a terminal says so and how wide it is. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command may touch of the process, so that it can be run inside a test. */
export type CliContext = {
  /** Data only: what a pipe is to get. */
  readonly stdout: Output;
  /** Hints, progress and errors. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  /** @param milliseconds */
  readonly sleep: (milliseconds: number) => Promise<void>;
};

/** 0 done · 1 the job or the call failed · 2 usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** Tells the runner how a command ended. */
export type Cli = CliContext & { readonly exit: (code: ExitCode) => void };
