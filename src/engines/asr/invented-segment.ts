/** What whisper says about a segment beside its text. */
export type SegmentScores = {
  /** 0 to 1: how likely it is that nobody spoke. */
  readonly noSpeech: number | undefined;
  /** Mean natural logarithm of the probability of its tokens: 0 is certain, below -1 is guessing. */
  readonly meanLogProbability: number | undefined;
};

/** The bounds by which whisper itself passes over a window: what it says there, nobody said. */
const NO_SPEECH = 0.6;
const GUESSING = -1;

/** Whether the model made the segment up, as it does in silence, noise and music. */
export function isInvented({ noSpeech, meanLogProbability }: SegmentScores): boolean {
  if (noSpeech === undefined || meanLogProbability === undefined) return false;
  return noSpeech > NO_SPEECH && meanLogProbability < GUESSING;
}
