export const MOST_CUES = 20_000;
/** Characters of one cue with its marks, which can be many more than what is seen. */
const MOST_MARKED = 20_000;

/** What is wrong with the rows of a cue before anything is done with them. @param line of its times, from 1 */
export function refuseRows(rows: readonly string[], line: number): BrokenSubtitles | undefined {
  const characters = rows.reduce((sum, row) => sum + row.length, 0);
  if (characters <= MOST_MARKED) return undefined;
  return { kind: 'broken', line, message: `The cue has more than ${MOST_MARKED} characters, its marks included.` };
}

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
