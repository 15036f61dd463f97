import { speechSeconds, type SpeechSegment } from './speech-segments.ts';

/** Seconds of certainty that make any stretch speech. */
const LONG_ENOUGH = 1;
/** Seconds that make a shorter one speech, where they are half of it; or, of a word such as `yes`, this share of it. */
const SHORT_ENOUGH = 0.4;
const SHARE = 0.75;
/** Seconds. A soft word follows a clear one that soon. */
const NEAR = 5;

/**
 * Of the stretches where somebody may speak, those where somebody does: where the detector is sure for a while, or
 * not far away from there. Instruments and creatures make it sure for a quarter of a second now and then, seldom for
 * longer; in whole sentences it is, also under noise as loud as they are.
 * @param found in order, not overlapping
 * @param sure where it is sure, in order, not overlapping
 */
export function believableSpeech(
  found: readonly SpeechSegment[],
  sure: readonly SpeechSegment[],
): readonly SpeechSegment[] {
  const clear = clearOnes(found, sure);
  let next = 0;
  return found.filter((segment) => {
    while (next < clear.length - 1 && (clear[next]?.to ?? 0) + NEAR < segment.from) next += 1;
    const nearest = clear[next];
    return nearest !== undefined && gap(nearest, segment) <= NEAR;
  });
}

function clearOnes(found: readonly SpeechSegment[], sure: readonly SpeechSegment[]): SpeechSegment[] {
  let first = 0;
  return found.filter((segment) => {
    while (first < sure.length && (sure[first]?.to ?? 0) <= segment.from) first += 1;
    let end = first;
    while (end < sure.length && (sure[end]?.from ?? 0) < segment.to) end += 1;
    return isClear(segment, sure.slice(first, end));
  });
}

/** @param sure that reaches into the segment */
function isClear(segment: SpeechSegment, sure: readonly SpeechSegment[]): boolean {
  const seconds = speechSeconds(
    sure.map(({ from, to }) => ({ from: Math.max(from, segment.from), to: Math.min(to, segment.to) })),
  );
  const length = segment.to - segment.from;
  const share = Math.max(length / 2, Math.min(SHORT_ENOUGH, SHARE * length));
  return seconds >= Math.min(LONG_ENOUGH, share);
}

/** Seconds between two stretches; negative where they overlap. */
function gap(a: SpeechSegment, b: SpeechSegment): number {
  return Math.max(a.from - b.to, b.from - a.to);
}
