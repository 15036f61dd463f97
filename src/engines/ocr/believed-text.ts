import { bareText } from './text-similarity.ts';
import type { ReadRow, ReadWord } from './text-reader.ts';

export type BelievedText = { readonly text: string; readonly confidence: number };

/** What is read of noise has 0.2 to 0.5, of text on the busiest backgrounds 0.75 and more. */
const LEAST_CONFIDENCE = 0.6;
/** Short texts are easily read out of noise: with fewer letters than this, more is asked. */
const SHORT = 5;
const SHORT_CONFIDENCE = 0.8;
/** Letters. */
const SHORTEST = 2;
/** A word at a row's end that is believed less is a speck beside the text, if it has no two letters. */
const SPECK_CONFIDENCE = 0.6;
/** Of what is not a space, letters and digits. */
const LETTER_SHARE = 0.6;

/** The text of a picture, or undefined where it does not look like one. */
export function believedText(rows: readonly ReadRow[]): BelievedText | undefined {
  const kept = rows.map(({ words }) => withoutSpecks(words)).filter((words) => isBelieved(words));
  const text = kept.map((words) => tidy(words.map((word) => word.text).join(' '))).join('\n');
  const words = kept.flat();
  const letters = bareText(text).length;
  const confidence = meanConfidence(words);
  if (letters < SHORTEST || letters < LETTER_SHARE * text.replaceAll(/\s/g, '').length) return undefined;
  if (confidence < (letters < SHORT ? SHORT_CONFIDENCE : LEAST_CONFIDENCE)) return undefined;
  return { text, confidence };
}

/** Noise above and below a text is read as rows of their own. */
function isBelieved(words: readonly ReadWord[]): boolean {
  return words.length > 0 && meanConfidence(words) >= LEAST_CONFIDENCE;
}

function withoutSpecks(words: readonly ReadWord[]): readonly ReadWord[] {
  const isWord = ({ text, confidence }: ReadWord): boolean =>
    confidence >= SPECK_CONFIDENCE ? /[\p{L}\p{N}\p{P}]/u.test(text) && text !== '|' : bareText(text).length > 1;
  const first = words.findIndex(isWord);
  return first === -1 ? [] : words.slice(first, words.findLastIndex(isWord) + 1);
}

function meanConfidence(words: readonly ReadWord[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  return words.reduce((sum, { text, confidence }) => sum + confidence * text.length, 0) / Math.max(1, letters);
}

const IDEOGRAPHIC = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]`;
const BETWEEN_IDEOGRAPHS = new RegExp(String.raw`(?<=${IDEOGRAPHIC})\s+(?=${IDEOGRAPHIC})`, 'gu');

/** Chinese and Japanese have no spaces; the reader puts one between what it takes for words. */
function tidy(text: string): string {
  return text.replaceAll(BETWEEN_IDEOGRAPHS, '').replaceAll(/\s+/g, ' ').trim();
}
