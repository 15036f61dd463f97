import type { TimedWord } from '../engines/asr/asr-engine.ts';
import { endsClause, endsSentence, joinWords, sentenceLength } from './sentence-break.ts';

/** One element of AiResult. Seconds of the original recording, at most two decimals; `to` is greater than `from`. */
export type TranscriptSegment = { readonly content: string; readonly from: number; readonly to: number };

export type SegmentRules = {
  /** 4 to 50; undefined = the upper end. */
  readonly sentenceMaxLength: number | undefined;
  readonly semanticSentences: boolean;
  /** The part of the recording that was recognized, in its own seconds. Segments lie inside. */
  readonly range: { readonly from: number; readonly to: number };
};

/** Seconds. People breathe between phrases for 0.3 to 0.7 seconds. */
const PAUSE = 0.5;
/** Seconds. Inside a sentence nobody is silent for longer, so even sentences by meaning end here. */
const LONG_PAUSE = 2;
const LONGEST = 50;

/**
 * Cuts a transcript into sentences: at pauses, or, where sentences by meaning are asked for and the engine writes
 * punctuation, at sentence ends; and then whatever is longer than the limit, at its best place.
 * @param words in order, in seconds of the recognized part (0 is range.from)
 */
export function segmentTranscript(words: readonly TimedWord[], rules: SegmentRules): TranscriptSegment[] {
  const limit = rules.sentenceMaxLength ?? LONGEST;
  const byMeaning = rules.semanticSentences && words.some(({ text }) => endsSentence(text));
  return withTimes(
    splitAtBreaks(words, byMeaning).flatMap((sentence) => cutToLength(sentence, limit)),
    rules.range,
  );
}

function splitAtBreaks(words: readonly TimedWord[], byMeaning: boolean): TimedWord[][] {
  const sentences: TimedWord[][] = [];
  let previous: TimedWord | undefined;
  for (const word of words) {
    const current = sentences.at(-1);
    const breaks = previous !== undefined && isBreak(previous, word, byMeaning);
    if (current === undefined || breaks) sentences.push([word]);
    else current.push(word);
    previous = word;
  }
  return sentences;
}

function isBreak(before: TimedWord, after: TimedWord, byMeaning: boolean): boolean {
  const pause = after.from - before.to;
  return byMeaning ? pause >= LONG_PAUSE || endsSentence(before.text) : pause >= PAUSE;
}

function cutToLength(sentence: TimedWord[], limit: number): TimedWord[][] {
  const parts: TimedWord[][] = [];
  let rest = sentence;
  while (rest.length > 1 && sentenceLength(rest) > limit) {
    const cut = bestCut(rest, limit);
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}

/** In the second half of what fits: behind a comma or where the pause is longest, else as late as possible. */
function bestCut(words: readonly TimedWord[], limit: number): number {
  let best = 1;
  let bestScore = -1;
  for (let cut = 1; cut < words.length; cut += 1) {
    const length = sentenceLength(words.slice(0, cut));
    if (length > limit) break;
    const [before, after] = [words[cut - 1], words[cut]];
    if (before === undefined || after === undefined) break;
    const nice = (endsSentence(before.text) ? 2 : 0) + (endsClause(before.text) ? 1 : 0) + (after.from - before.to);
    const score = length * 2 < limit ? 0 : 0.01 + Math.max(0, nice);
    if (score >= bestScore) [best, bestScore] = [cut, score];
  }
  return best;
}

/** Every segment at least a hundredth of a second long, inside the range, and none into the next. */
function withTimes(sentences: readonly TimedWord[][], range: SegmentRules['range']): TranscriptSegment[] {
  const first = Math.ceil(range.from * 100);
  const end = Math.floor(range.to * 100);
  const segments: TranscriptSegment[] = [];
  let free = first;
  for (const [index, sentence] of sentences.entries()) {
    const room = sentences.length - index;
    const latest = Math.max(free, end - room);
    const begin = Math.round((range.from + (sentence[0]?.from ?? 0)) * 100);
    const finish = Math.round((range.from + (sentence.at(-1)?.to ?? 0)) * 100);
    const from = Math.min(Math.max(begin, free), latest);
    const to = Math.max(from + 1, Math.min(finish, end - room + 1));
    segments.push({ content: joinWords(sentence), from: from / 100, to: to / 100 });
    free = to;
  }
  return segments;
}
