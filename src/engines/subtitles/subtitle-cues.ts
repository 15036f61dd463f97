import { joinsWithoutSpace } from '../asr/timed-text.ts';
import type { TimedWord } from '../asr/asr-engine.ts';
import { columnsOf } from './columns.ts';
import { cutToLength } from './cut-to-length.ts';
import { joinWords } from './sentence-break.ts';

/** What was said without a break, as recognized. Seconds of the recording; its words lie inside, in order. */
export type SpokenSegment = {
  readonly from: number;
  readonly to: number;
  readonly speaker?: string;
  readonly words: readonly TimedWord[];
};

/** What is shown at once. Times are seconds of the recording; cues do not overlap, and each has some length. */
export type SubtitleCue = {
  readonly from: number;
  readonly to: number;
  readonly speaker: string | undefined;
  readonly lines: readonly string[];
};

/** Columns of a line, and lines of a cue, as broadcasters have them. */
const LINE = 42;
const CUE = 2 * LINE;

/** Segments as subtitles: long ones in several cues, each word in the one where it is spoken. */
export function subtitleCues(segments: readonly SpokenSegment[]): SubtitleCue[] {
  return segments.flatMap((segment) => {
    const parts = cutToLength(segment.words, CUE, columns);
    return parts.map((words, index) => ({
      from: index === 0 ? segment.from : startOf(words, segment),
      to: index === parts.length - 1 ? segment.to : endOf(words, parts[index + 1] ?? [], segment),
      speaker: segment.speaker,
      lines: cutToLength(words, LINE, columns).map((line) => joinWords(line)),
    }));
  });
}

function startOf(words: readonly TimedWord[], segment: SpokenSegment): number {
  return words[0]?.from ?? segment.from;
}

/** At the end of its last word, and not later than the next cue begins. */
function endOf(words: readonly TimedWord[], next: readonly TimedWord[], segment: SpokenSegment): number {
  return Math.min(words.at(-1)?.to ?? segment.to, startOf(next, segment));
}

/** With the space behind each word where its script has spaces. */
function columns(words: readonly TimedWord[]): number {
  return words.reduce((sum, { text }) => sum + columnsOf(text) + (joinsWithoutSpace(text, text) ? 0 : 1), 0);
}
