/** A stretch of speech, in seconds of the decoded WAV; `to` is greater than `from`. */
export type SpeechSegment = { readonly from: number; readonly to: number };

/** Seconds. Detectors cut the first and last sounds of a word short; recognizers want a little air around it. */
const PADDING = 0.2;
/** Seconds. A shorter pause does not part two segments: a recognizer loses words at each cut. */
const SHORTEST_PAUSE = 0.35;
/** Seconds. What recognizers are given at most at once: their memory and their errors grow with the length. */
const LONGEST_SEGMENT = 30;

/**
 * What a detector found, made fit for a recognizer: padded, merged where close, cut where too long.
 * @param found in order, not overlapping
 * @param total seconds of the recording; nothing reaches past it
 */
export function fitForRecognizer(found: readonly SpeechSegment[], total: number): SpeechSegment[] {
  const merged: SpeechSegment[] = [];
  for (const raw of found) {
    const segment = { from: Math.max(0, raw.from - PADDING), to: Math.min(total, raw.to + PADDING) };
    const previous = merged.at(-1);
    const close = previous !== undefined && segment.from - previous.to < SHORTEST_PAUSE - 2 * PADDING;
    if (close && segment.to - previous.from <= LONGEST_SEGMENT) {
      merged[merged.length - 1] = { from: previous.from, to: Math.max(previous.to, segment.to) };
    } else {
      merged.push({ from: Math.max(segment.from, previous?.to ?? 0), to: segment.to });
    }
  }
  return merged.filter(({ from, to }) => to > from).flatMap(cutIfTooLong);
}

/** Seconds of speech in all. */
export function speechSeconds(segments: readonly SpeechSegment[]): number {
  return segments.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Into equal parts: the detector itself ends long segments at a breath, so this is for speech that never pauses. */
function cutIfTooLong({ from, to }: SpeechSegment): SpeechSegment[] {
  const parts = Math.ceil((to - from) / LONGEST_SEGMENT);
  const length = (to - from) / parts;
  return Array.from({ length: parts }, (_, index) => ({
    from: from + index * length,
    to: index === parts - 1 ? to : from + (index + 1) * length,
  }));
}
