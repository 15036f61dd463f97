import type { TimedWord } from '../engines/asr/asr-engine.ts';

/** Words. Longer loops than this were not seen; a recognizer's own memory is not longer. */
const LONGEST_PHRASE = 40;

/**
 * Takes out what recognizers invent where they lose the thread, whisper above all: one phrase over and over. Of a
 * phrase that follows itself more often than people say things, the first time is kept. Case and punctuation do not
 * count; what people do repeat ("no, no, no", 谢谢谢谢, a line of a chorus) stays.
 */
export function withoutLoops(words: readonly TimedWord[]): TimedWord[] {
  const texts = words.map(({ text }) => bare(text));
  const kept: TimedWord[] = [];
  for (let at = 0; at < words.length;) {
    const length = loopedPhrase(texts, at);
    const end = length === undefined ? at + 1 : at + length;
    kept.push(...words.slice(at, end));
    at = length === undefined ? end : endOfLoop(texts, at, length);
  }
  return kept;
}

/** The length of the shortest phrase that begins here and is repeated too often; undefined where there is none. */
function loopedPhrase(texts: readonly string[], at: number): number | undefined {
  const longest = Math.min(LONGEST_PHRASE, Math.floor((texts.length - at) / 2));
  for (let length = 1; length <= longest; length += 1) {
    if (texts[at] !== texts[at + length]) continue;
    const phrase = texts.slice(at, at + length);
    if (phrase.every((text) => text === '')) continue;
    if ((endOfLoop(texts, at, length) - at) / length >= tooOften(phrase)) return length;
  }
  return undefined;
}

/** Behind the last whole repetition. */
function endOfLoop(texts: readonly string[], at: number, length: number): number {
  let end = at + length;
  while (end < texts.length && texts[end] === texts[end - length]) end += 1;
  return end - ((end - at) % length);
}

/** How often in a row is no speech any more. The longer a phrase, the sooner. */
function tooOften(phrase: readonly string[]): number {
  const size = phrase.reduce((sum, text) => sum + sizeOf(text), 0);
  if (size <= 2) return 8;
  if (size <= 4) return 5;
  return 4;
}

/** About its syllables: a character of Han or kana is one, another word counts as two. */
function sizeOf(text: string): number {
  const unspaced = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return unspaced > 0 ? unspaced : 2;
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
