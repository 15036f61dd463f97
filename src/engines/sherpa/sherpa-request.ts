import type { SherpaTask } from './sherpa-tasks.ts';

/** What a child process is started for. Two requests with equal task and config may share one. */
export type SherpaConfiguration = {
  readonly task: SherpaTask;
  /** As the library's own JavaScript API takes it; the paths in it are absolute. */
  readonly config: object;
  /** The folders that the model lies in: all that the process can read of what is not installed. */
  readonly reads: readonly string[];
  /** Seconds in which the model has to be loaded. */
  readonly loadLimit: number;
};

/** Samples from -1 to 1 at 16 kHz. */
export type Sound = {
  /** How many there are; the chunks hold exactly as many. */
  readonly length: number;
  readonly chunks: Iterable<Float32Array> | AsyncIterable<Float32Array>;
};

export type SherpaRequest = {
  readonly json: Readonly<Record<string, unknown>>;
  readonly sound?: Sound;
  /** Seconds until the process is taken for hung, and killed. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
};

export type SherpaOutcome =
  | { readonly kind: 'answered'; readonly json: unknown; readonly samples: Float32Array }
  /** The library refused this request; the process is well. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** The model could not be loaded; `detail` is what the library said. */
  | { readonly kind: 'not-loaded'; readonly detail: string }
  | { readonly kind: 'crashed'; readonly detail: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'aborted' };
