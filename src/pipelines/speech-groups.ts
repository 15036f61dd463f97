import { speechSeconds, type SpeechSegment } from '../engines/vad/speech-segments.ts';

/**
 * Seconds of speech that are recognized at once, and lost at most when a run dies. PocketSphinx takes 0.7 s of processor
 * time to start and 40 for two minutes of speech: starting costs 2 %. A model of sherpa-onnx stays loaded.
 */
const GROUP_SECONDS = 120;

/**
 * Speech in groups of so many seconds, in order. No segment is cut: a group is longer than that only where it is one
 * segment, and a last group of less than a quarter joins the one before it.
 */
export function speechGroups(
  speech: readonly SpeechSegment[],
  seconds: number = GROUP_SECONDS,
): readonly (readonly SpeechSegment[])[] {
  const groups: SpeechSegment[][] = [];
  let filled = Infinity;
  for (const segment of speech) {
    const length = segment.to - segment.from;
    if (filled + length > seconds) {
      groups.push([]);
      filled = 0;
    }
    groups.at(-1)?.push(segment);
    filled += length;
  }
  return withoutShortRest(groups, seconds / 4);
}

function withoutShortRest(groups: readonly SpeechSegment[][], short: number): SpeechSegment[][] {
  const [before, last] = groups.slice(-2);
  if (before === undefined || last === undefined || speechSeconds(last) >= short) return [...groups];
  return [...groups.slice(0, -2), [...before, ...last]];
}
