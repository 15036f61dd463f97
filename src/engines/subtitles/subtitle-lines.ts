import type { TimedWord } from '../asr/asr-engine.ts';
import { joinsWithoutSpace } from '../asr/timed-text.ts';
import { columnsOf } from './columns.ts';
import { cutToLength } from './cut-to-length.ts';
import { readingTimes } from './reading-times.ts';
import { endsSentence, joinWords } from './sentence-break.ts';
import type { SubtitleLine } from './subtitle-line.ts';
import { wrapRows } from './wrap-rows.ts';

/** What was said without a break, with its words, and who said it where that is known. Seconds. */
export type SpokenSentence<Speaker> = {
  readonly from: number;
  readonly to: number;
  readonly words: readonly TimedWord[];
  readonly speaker?: Speaker;
};

/** A line as it was said, in one row. It stands until `to`; its last word ends at `spokenTo`, which is no later. */
export type SpokenSubtitleLine<Speaker> = SubtitleLine & {
  readonly spokenTo: number;
  readonly speaker?: Speaker;
};

/** Columns of two rows: what broadcasters allow, and less where most characters are Chinese. */
const LATIN_LINE = 2 * 42;
const CJK_LINE = 2 * 2 * 18;
/** Seconds. Nobody looks at the same two rows for longer. */
const LONGEST = 7;
/** A fragment is less than this, and is shown with its neighbour: seconds, and columns. */
const FRAGMENT = { seconds: 1, columns: 14 };
/** Seconds of silence between two parts of one line. */
const PAUSE_INSIDE = 0.7;

type Part<Speaker> = {
  readonly words: readonly TimedWord[];
  readonly from: number;
  readonly to: number;
  readonly speaker?: Speaker;
};

/**
 * Speech as lines to translate and to show: each a sentence where that fits two rows and seven seconds, long ones cut
 * at commas and pauses, fragments joined. A line stands for as long as it takes to read where the silence behind it
 * allows, for a second at least, and 80 ms pass before the next.
 * @param sentences in order; those without words are left out
 */
export function subtitleLines<Speaker = never>(
  sentences: readonly SpokenSentence<Speaker>[],
): SpokenSubtitleLine<Speaker>[] {
  const parts = joinFragments(sentences.flatMap(partsOf));
  return readingTimes(parts.map(lineOf));
}

function lineOf<Speaker>({
  words,
  from,
  to,
  speaker,
}: Part<Speaker>): SubtitleLine & { readonly speaker?: Speaker } {
  const line = { from, to, text: joinWords(words) };
  return speaker === undefined ? line : { ...line, speaker };
}

/** Its sentences, and of what is too long the parts. */
function partsOf<Speaker>(sentence: SpokenSentence<Speaker>): Part<Speaker>[] {
  const { speaker } = sentence;
  const words = sentence.words.flatMap(shortWords);
  const groups = splitAtEnds(words).flatMap((group) => {
    const parts = cutToLength(group, limitOf(group), columnsOfWords);
    return parts.flatMap((part) => cutToDuration(part));
  });
  const by = speaker === undefined ? {} : { speaker };
  return groups.map((group, index) => {
    const next = groups[index + 1];
    const from = index === 0 ? sentence.from : startOf(group, sentence);
    const to = next === undefined ? sentence.to : Math.min(endOf(group, sentence), startOf(next, sentence));
    return Object.assign({ words: group, from, to }, by);
  });
}

/**
 * What has more than two rows without a space is no word: a phrase of Thai, where recognizers part words by their
 * spaces, or an address. Its parts have the part of the time that their letters have.
 */
function shortWords(word: TimedWord): TimedWord[] {
  const limit = limitOf([word]);
  if (columnsOf(word.text) <= limit) return [word];
  const perUnit = (word.to - word.from) / word.text.length;
  const parts: TimedWord[] = [];
  for (const text of wrapRows(word.text, undefined, limit)) {
    const from = parts.at(-1)?.to ?? word.from;
    parts.push({ ...word, text, from, to: Math.min(word.to, from + text.length * perUnit) });
  }
  return parts;
}

function splitAtEnds(words: readonly TimedWord[]): TimedWord[][] {
  const groups: TimedWord[][] = [];
  let ended = true;
  for (const word of words) {
    if (ended) groups.push([word]);
    else groups.at(-1)?.push(word);
    ended = endsSentence(word.text);
  }
  return groups;
}

/** Slow speech: in as many parts as it takes, of similar lengths. */
function cutToDuration(words: readonly TimedWord[]): TimedWord[][] {
  const seconds = (words.at(-1)?.to ?? 0) - (words[0]?.from ?? 0);
  if (seconds <= LONGEST || words.length < 2) return [[...words]];
  const parts = cutToLength(words, columnsOfWords(words) / Math.ceil(seconds / LONGEST), columnsOfWords);
  return parts.length < 2 ? parts : parts.flatMap((part) => cutToDuration(part));
}

/** A fragment goes to the neighbour that it is closest to in time, if both fit one line and the same person speaks. */
function joinFragments<Speaker>(parts: readonly Part<Speaker>[]): Part<Speaker>[] {
  const joined: Part<Speaker>[] = [];
  for (const [index, part] of parts.entries()) {
    const before = joined.at(-1);
    const after = parts[index + 1];
    const meant = before !== undefined && (isFragment(part) || isFragment(before)) && mayJoin(before, part);
    const closerToNext = meant && after !== undefined && isFragment(part) && closer(before, part, after);
    if (meant && !closerToNext) joined[joined.length - 1] = together(before, part);
    else joined.push(part);
  }
  return joined;
}

/** A sentence that has not ended belongs to what follows; else the shorter silence decides. */
function closer<Speaker>(before: Part<Speaker>, part: Part<Speaker>, after: Part<Speaker>): boolean {
  if (!mayJoin(part, after)) return false;
  const [endedBefore, endedHere] = [endsWithSentence(before), endsWithSentence(part)];
  if (endedBefore !== endedHere) return endedBefore;
  return after.from - part.to < part.from - before.to;
}

function isFragment<Speaker>({ words, from, to }: Part<Speaker>): boolean {
  return to - from < FRAGMENT.seconds || columnsOfWords(words) < FRAGMENT.columns;
}

function mayJoin<Speaker>(before: Part<Speaker>, after: Part<Speaker>): boolean {
  const both = together(before, after);
  return (
    before.speaker === after.speaker &&
    after.from - before.to < PAUSE_INSIDE &&
    both.to - both.from <= LONGEST &&
    columnsOfWords(both.words) <= limitOf(both.words)
  );
}

function together<Speaker>(before: Part<Speaker>, after: Part<Speaker>): Part<Speaker> {
  return { ...before, to: Math.max(before.to, after.to), words: [...before.words, ...after.words] };
}

function endsWithSentence<Speaker>({ words }: Part<Speaker>): boolean {
  return endsSentence(words.at(-1)?.text ?? '');
}

function limitOf(words: readonly TimedWord[]): number {
  const text = words.map((word) => word.text).join('');
  return columnsOf(text) > 1.5 * Array.from(text).length ? CJK_LINE : LATIN_LINE;
}

/** With the space behind each word where its script has spaces. */
function columnsOfWords(words: readonly TimedWord[]): number {
  return words.reduce((sum, { text }) => sum + columnsOf(text) + (joinsWithoutSpace(text, text) ? 0 : 1), 0);
}

type Times = { readonly from: number; readonly to: number };

/** Words may lie outside by a recognizer's rounding. */
function startOf(words: readonly TimedWord[], { from, to }: Times): number {
  return Math.min(Math.max(words[0]?.from ?? from, from), to);
}

function endOf(words: readonly TimedWord[], { from, to }: Times): number {
  return Math.min(Math.max(words.at(-1)?.to ?? to, from), to);
}
