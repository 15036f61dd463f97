import type { Stretch } from './duck-times.ts';

/** A line as it is mixed in. */
export type PlannedLine = {
  /** A mono WAV of signed 16 bit. */
  readonly wavPath: string;
  /** The frame of its first sample. */
  readonly start: number;
  /** Lines of one voice are made louder or softer alike. */
  readonly voice: string;
};

/** What mix-dub.ts asks of the child that mixes. Times are frames of 48 kHz. */
export type MixPlan = {
  readonly frames: number;
  /** A WAV of extract-audio.ts; absent: silence. */
  readonly original?: string;
  /** Where the original speaks, to measure how loud. */
  readonly speech: readonly Stretch[];
  /** Where the original is made quiet; two ramps apart. */
  readonly ducked: readonly Stretch[];
  /** In order of `start`. */
  readonly lines: readonly PlannedLine[];
  readonly wavPath: string;
};
