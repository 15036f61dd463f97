import type { SpeechSegment } from '../vad/speech-segments.ts';
import type { TimedWord } from './asr-engine.ts';

/** Scripts written without spaces: Han, kana, and the marks between them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Whether two pieces of text are written without a space between them. */
export function joinsWithoutSpace(before: string, after: string): boolean {
  const last = /[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u.exec(before)?.[0] ?? '';
  const first = /[\p{L}\p{N}]/u.exec(after)?.[0] ?? '';
  return UNSPACED.test(last) || UNSPACED.test(first);
}

/** Cuts text into words; where words are not spaced, into single characters, each with the marks behind it. */
export function piecesOf(text: string): string[] {
  return text
    .split(/\s+/)
    .flatMap((word) => word.split(/(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u))
    .filter((piece) => piece !== '');
}

/**
 * Gives a text without word times the times of the speech it belongs to: each piece as much of it as its share of
 * the letters. A recognizer's word times are within a few tenths of a second, these within a few words.
 * @param speech in order, at least one
 */
export function spreadText(text: string, speech: readonly SpeechSegment[]): TimedWord[] {
  const pieces = piecesOf(text);
  const letters = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const seconds = speech.reduce((sum, { from, to }) => sum + to - from, 0);
  let spoken = 0;
  return pieces.map((piece) => {
    const from = speechTime(spoken, speech);
    spoken += (seconds * piece.length) / letters;
    return { text: piece, from, to: Math.max(from, speechTime(spoken, speech, true)) };
  });
}

/**
 * The words of a text with their times, where a recognizer gave the words bare and the text punctuated: each word gets
 * the marks that follow it in the text. Undefined where the words are not those of the text.
 */
export function punctuateWords(words: readonly TimedWord[], text: string): TimedWord[] | undefined {
  const lower = text.toLowerCase();
  const starts: number[] = [];
  let at = 0;
  for (const word of words) {
    const start = lower.indexOf(word.text.toLowerCase(), at);
    // Words that the text has and the list has not would become part of the word before them.
    if (start < 0 || /[\p{L}\p{N}]/u.test(text.slice(at, start))) return undefined;
    starts.push(start);
    at = start + word.text.length;
  }
  if (/[\p{L}\p{N}]/u.test(text.slice(at))) return undefined;
  return words.map((word, index) => ({
    ...word,
    text: text.slice(index === 0 ? 0 : starts[index], starts[index + 1]).trim(),
  }));
}

/** When so many seconds of speech have been spoken; at a segment's end, `ending` says that end, not the next start. */
function speechTime(spoken: number, speech: readonly SpeechSegment[], ending = false): number {
  let left = spoken;
  for (const { from, to } of speech) {
    const length = to - from;
    if (left < length || (ending && left <= length + 1e-9)) return Math.min(to, from + left);
    left -= length;
  }
  return speech.at(-1)?.to ?? 0;
}
