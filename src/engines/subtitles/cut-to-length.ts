import type { TimedWord } from '../asr/asr-engine.ts';
import { endsClause, endsSentence } from './sentence-break.ts';

/**
 * Cuts a sentence that is too long at its best places; a word that is longer than the limit stays whole.
 * @param lengthOf adds up: the length of words is that of the parts they are cut into
 */
export function cutToLength<Word extends TimedWord>(
  sentence: readonly Word[],
  limit: number,
  lengthOf: (words: readonly Word[]) => number,
): Word[][] {
  // Each is measured once: an hour of speech may come without a mark or a pause.
  const lengths = sentence.map((word) => lengthOf([word]));
  const parts: Word[][] = [];
  let start = 0;
  let left = lengths.reduce((sum, length) => sum + length, 0);
  while (sentence.length - start > 1 && left > limit) {
    const end = bestCut({ words: sentence, lengths, start, left }, limit);
    parts.push(sentence.slice(start, end));
    for (; start < end; start += 1) left -= lengths[start] ?? 0;
  }
  return [...parts, sentence.slice(start)];
}

/** From one of the words on; `left` is how long these are. */
type Rest = {
  readonly words: readonly TimedWord[];
  readonly lengths: readonly number[];
  readonly start: number;
  readonly left: number;
};

/**
 * Where to cut: behind a comma or in a longer pause, and so that the parts come out alike, not with one word left
 * over. A comma outweighs half a limit of imbalance, a second of pause does too.
 */
function bestCut({ words, lengths, start, left }: Rest, limit: number): number {
  const ideal = left / Math.ceil(left / limit);
  let best = start + 1;
  let bestScore = -Infinity;
  let length = 0;
  for (let index = start; index < words.length - 1; index += 1) {
    const [word, next] = [words[index], words[index + 1]];
    length += lengths[index] ?? 0;
    if (word === undefined || next === undefined || length > limit) break;
    const pause = Math.max(0, next.from - word.to);
    const mark = endsSentence(word.text) ? 2 : Number(endsClause(word.text));
    const score = mark + pause - (2 * Math.abs(length - ideal)) / limit;
    if (score > bestScore) [best, bestScore] = [index + 1, score];
  }
  return best;
}
