import type { SpokenWord } from '../engines/diarization/assign-speakers.ts';
import { cutToLength } from '../engines/subtitles/cut-to-length.ts';
import { endsSentence, joinWords, sentenceLength } from '../engines/subtitles/sentence-break.ts';

/** One element of AiResult. Seconds of the original recording, at most two decimals; `to` is greater than `from`. */
export type TranscriptSegment = { readonly content: string; readonly from: number; readonly to: number };

/** The same with the words that it was made of, which are still in seconds of the recognized part. */
export type Sentence = TranscriptSegment & { readonly words: readonly SpokenWord[]; readonly speaker?: number };

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
 * punctuation, at sentence ends; in any case where another speaker begins; and then whatever is longer than the limit, at its best place.
 * @param words in order, in seconds of the recognized part (0 is range.from)
 */
export function segmentTranscript(words: readonly SpokenWord[], rules: SegmentRules): Sentence[] {
  const limit = rules.sentenceMaxLength ?? LONGEST;
  const byMeaning = rules.semanticSentences && words.some(({ text }) => endsSentence(text));
  return withTimes(
    splitAtBreaks(words, byMeaning).flatMap((sentence) => cutToLength(sentence, limit, sentenceLength)),
    rules.range,
  );
}

function splitAtBreaks(words: readonly SpokenWord[], byMeaning: boolean): SpokenWord[][] {
  const sentences: SpokenWord[][] = [];
  let previous: SpokenWord | undefined;
  for (const word of words) {
    const current = sentences.at(-1);
    const breaks = previous !== undefined && isBreak(previous, word, byMeaning);
    if (current === undefined || breaks) sentences.push([word]);
    else current.push(word);
    previous = word;
  }
  return sentences;
}

function isBreak(before: SpokenWord, after: SpokenWord, byMeaning: boolean): boolean {
  if (before.speaker !== after.speaker) return true;
  const pause = after.from - before.to;
  return byMeaning ? pause >= LONG_PAUSE || endsSentence(before.text) : pause >= PAUSE;
}

/** Every segment at least a hundredth of a second long, inside the range, and none into the next. */
function withTimes(sentences: readonly SpokenWord[][], range: SegmentRules['range']): Sentence[] {
  const first = Math.ceil(range.from * 100);
  const end = Math.floor(range.to * 100);
  const segments: Sentence[] = [];
  let free = first;
  for (const [index, sentence] of sentences.entries()) {
    const room = sentences.length - index;
    const latest = Math.max(free, end - room);
    const begin = Math.round((range.from + (sentence[0]?.from ?? 0)) * 100);
    const finish = Math.round((range.from + (sentence.at(-1)?.to ?? 0)) * 100);
    const from = Math.min(Math.max(begin, free), latest);
    const to = Math.max(from + 1, Math.min(finish, end - room + 1));
    const speaker = sentence[0]?.speaker;
    segments.push({
      ...{ content: joinWords(sentence), from: from / 100, to: to / 100, words: sentence },
      ...(speaker !== undefined && { speaker }),
    });
    free = to;
  }
  return segments;
}
