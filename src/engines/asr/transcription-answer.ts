import type { SpeechSegment } from '../vad/speech-segments.ts';
import type { TimedWord } from './asr-engine.ts';
import { isInvented } from './invented-segment.ts';
import { placeInTime } from './placed-words.ts';
import { readServerAnswer, type ServerAnswer, type ServerSegment, type ServerWord } from './server-answer.ts';
import { languageTag } from './server-language.ts';
import { punctuateWords, spreadText } from './timed-text.ts';

export type Transcription = {
  readonly words: readonly TimedWord[];
  /** BCP 47; undefined where the server does not say what it heard. */
  readonly language: string | undefined;
};

type Sent = {
  /** The stretch of the recording that was sent. */
  readonly window: SpeechSegment;
  /** The speech inside that stretch. */
  readonly speech: readonly SpeechSegment[];
  /** '' = none. */
  readonly prompt: string;
};

type Placed<Piece> = Piece & SpeechSegment;

/**
 * The words of an answer in the recording's time, by the best that it has: words, else segments, else text. What the
 * model made up is left out: segments that it hardly believes itself, and a prompt that it gives back.
 * Undefined where it is no such answer.
 */
export function transcriptionOf(json: unknown, sent: Sent): Transcription | undefined {
  const answer = readServerAnswer(json);
  if (answer === undefined) return undefined;
  const said = answer.segments.filter((segment) => !isInvented(segment));
  const allSaid = said.length === answer.segments.length;
  const text = allSaid ? answer.text : said.map((segment) => segment.text).join(' ');
  const language = answer.language === undefined ? undefined : languageTag(answer.language);
  if (isPrompt(text, sent.prompt)) return { words: [], language };
  if (hasTimes(answer.words)) return { words: wordsBeside(answer, text, sent.window), language };
  if (answer.segments.length > 0) return { words: wordsWithin(said, sent.window), language };
  return { words: spreadText(text, sent.speech), language };
}

/** The list of words that stands beside the segments, without those of segments that were made up. */
function wordsBeside({ words, segments }: ServerAnswer, text: string, window: SpeechSegment): readonly TimedWord[] {
  const placedSegments = placeInTime(segments, window);
  const kept = placeInTime(words, window).flatMap((word) => {
    const middle = (word.from + word.to) / 2;
    const segment = placedSegments.find(({ from, to }) => middle >= from && middle <= to);
    return segment !== undefined && isInvented(segment) ? [] : [timedWord(word, segment)];
  });
  return punctuateWords(kept, text) ?? kept;
}

/** The words inside of segments; a segment without word times is spread over its own. */
function wordsWithin(said: readonly ServerSegment[], window: SpeechSegment): readonly TimedWord[] {
  const pieces = said.flatMap((segment): (ServerWord & { readonly segment: ServerSegment })[] =>
    hasTimes(segment.words)
      ? segment.words.map((word) => ({ ...word, segment }))
      : [{ ...segment, confidence: undefined, segment }],
  );
  const placed = placeInTime(pieces, window);
  return said.flatMap((segment) => {
    const own = placed.filter((piece) => piece.segment === segment);
    const whole = own[0];
    if (whole !== undefined && !hasTimes(segment.words)) {
      return spreadText(segment.text, [whole]).map((word) => withConfidence(word, confidenceOf(segment)));
    }
    const words = own.map((piece) => timedWord(piece, segment));
    return punctuateWords(words, segment.text) ?? words;
  });
}

function hasTimes(words: readonly ServerWord[]): boolean {
  return words.some(({ start }) => start !== undefined);
}

function timedWord(
  { text, from, to, confidence }: Placed<ServerWord>,
  segment: ServerSegment | undefined,
): TimedWord {
  return withConfidence({ text, from, to }, confidence ?? confidenceOf(segment));
}

/** The mean of a segment's tokens stands for each of its words where the server says nothing about them. */
function confidenceOf(segment: ServerSegment | undefined): number | undefined {
  const mean = segment?.meanLogProbability;
  return mean === undefined ? undefined : Math.min(1, Math.exp(mean));
}

function withConfidence(word: TimedWord, confidence: number | undefined): TimedWord {
  return confidence === undefined ? word : { ...word, confidence };
}

/** A model of the whisper kind that hears nothing may go on with what it was given to read. */
function isPrompt(text: string, prompt: string): boolean {
  return prompt !== '' && lettersOf(text) === lettersOf(prompt);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
