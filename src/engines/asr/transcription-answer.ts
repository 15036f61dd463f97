import { z } from 'zod';
import type { SpeechSegment } from '../vad/speech-segments.ts';
import type { TimedWord } from './asr-engine.ts';
import { punctuateWords, spreadText } from './timed-text.ts';

const seconds = z.number().nonnegative();

/**
 * The answer of POST /v1/audio/transcriptions. Servers differ: words may be missing or null, lie inside the segments,
 * or the text may be all there is.
 */
const word = z.object({ word: z.string(), start: seconds, end: seconds });
const segment = z.object({ text: z.string(), start: seconds, end: seconds, words: z.array(word).nullish() });
const answer = z.object({
  text: z.string().nullish(),
  words: z.array(word).nullish(),
  segments: z.array(segment).nullish(),
});

/**
 * The words of an answer in the recording's time, by the best that it has: words, else segments, else text.
 * Undefined where it is no such answer.
 * @param sent the stretch of the recording that was sent
 * @param speech the speech inside that stretch
 */
export function wordsOfAnswer(
  json: unknown,
  sent: SpeechSegment,
  speech: readonly SpeechSegment[],
): TimedWord[] | undefined {
  const parsed = answer.safeParse(json);
  if (!parsed.success) return undefined;
  const { text, words } = parsed.data;
  const segments = parsed.data.segments ?? [];
  if (typeof text !== 'string' && !words && !parsed.data.segments) return undefined;
  const bare = words && words.length > 0 ? words : segments.flatMap((part) => part.words ?? []);
  if (bare.length > 0) return withPunctuation(bare, text ?? '', sent);
  if (segments.length > 0) {
    return segments.flatMap((part) => spreadText(part.text, [stretch(part.start, part.end, sent)]));
  }
  return spreadText(text ?? '', speech);
}

function withPunctuation(bare: readonly z.infer<typeof word>[], text: string, sent: SpeechSegment): TimedWord[] {
  const words = bare
    .map((part) => ({ text: part.word.trim(), ...stretch(part.start, part.end, sent) }))
    .filter((part) => part.text !== '');
  return punctuateWords(words, text) ?? words;
}

/** Into the recording's time, and inside what was sent: some servers answer times behind the end. */
function stretch(start: number, end: number, sent: SpeechSegment): SpeechSegment {
  const from = Math.min(sent.from + start, sent.to);
  return { from, to: Math.min(Math.max(from, sent.from + end), sent.to) };
}
