export const MOST_CUES = 20_000;

/** A cue as the file has it. Seconds; `to` may be `from`, and the text may be empty. */
export type ReadCue = {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Of its times, counted from 1. */
  readonly line: number;
};

export type ReadSubtitles = {
  readonly kind: 'read';
  /** In the order of the file; at most one more than may be. */
  readonly cues: readonly ReadCue[];
  readonly notes: readonly string[];
};

export type BrokenSubtitles = { readonly kind: 'broken'; readonly line: number; readonly message: string };
