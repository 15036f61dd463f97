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
  const parts: Word[][] = [];
  let rest = [...sentence];
  while (rest.length > 1 && lengthOf(rest) > limit) {
    const cut = bestCut(rest, limit, lengthOf);
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}

/**
 * Where to cut: behind a comma or in a longer pause, and so that the parts come out alike, not with one word left
 * over. A comma outweighs half a limit of imbalance, a second of pause does too.
 */
function bestCut<Word extends TimedWord>(
  words: readonly Word[],
  limit: number,
  lengthOf: (words: readonly Word[]) => number,
): number {
  const total = lengthOf(words);
  const ideal = total / Math.ceil(total / limit);
  let best = 1;
  let bestScore = -Infinity;
  let length = 0;
  for (const [index, word] of words.slice(0, -1).entries()) {
    length += lengthOf([word]);
    if (length > limit) break;
    const pause = Math.max(0, (words[index + 1]?.from ?? 0) - word.to);
    const mark = endsSentence(word.text) ? 2 : Number(endsClause(word.text));
    const score = mark + pause - (2 * Math.abs(length - ideal)) / limit;
    if (score > bestScore) [best, bestScore] = [index + 1, score];
  }
  return best;
}
