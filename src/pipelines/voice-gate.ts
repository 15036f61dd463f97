import type { TimedWord } from '../engines/asr/asr-engine.ts';
import type { SpeechSegment } from '../engines/vad/speech-segments.ts';

/** Seconds. Word times of recognizers are that inexact. */
const TOLERANCE = 0.5;

/**
 * Only the words that lie where somebody speaks. An engine that was given more than that, such as the pauses of a
 * whole window, invents words there; no voice, no word.
 * @param words in order
 * @param speech in order, not overlapping
 */
export function insideSpeech(words: readonly TimedWord[], speech: readonly SpeechSegment[]): TimedWord[] {
  let index = 0;
  return words.filter(({ from, to }) => {
    const middle = (from + to) / 2;
    while (index < speech.length - 1 && (speech[index]?.to ?? 0) + TOLERANCE < middle) index += 1;
    const segment = speech[index];
    return segment !== undefined && middle >= segment.from - TOLERANCE && middle <= segment.to + TOLERANCE;
  });
}
