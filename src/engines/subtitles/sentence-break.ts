import type { TimedWord } from '../asr/asr-engine.ts';
import { joinsWithoutSpace, piecesOf } from '../asr/timed-text.ts';

/**
 * Marks that end a sentence, in Chinese, Arabic, Urdu and Hindi too, with the quotes and brackets that may close behind
 * them.
 */
const SENTENCE_END = /[.!?…。！？．｡؟۔।॥]["'”’»」』）)\]]*$/u;
/** What ends in a full stop and no sentence: titles, single initials, `e.g.` */
const ABBREVIATION = /^(mrs?|ms|dr|prof|st|sr|jr|vs|etc|no|\p{L}|(\p{L}\.)+\p{L})\.$/iu;
const CLAUSE_END = /[,;:，；：、､،؛]["'”’»」』）)\]]*$/u;

export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text) && !ABBREVIATION.test(text);
}

export function endsClause(text: string): boolean {
  return CLAUSE_END.test(text);
}

/** The words as they are written: with spaces between them where the script has spaces. */
export function joinWords(words: readonly TimedWord[]): string {
  return words.reduce(
    (text, { text: next }) =>
      text === '' ? next : text + (joinsWithoutSpace(text.slice(-8), next) ? '' : ' ') + next,
    '',
  );
}

/** How SentenceMaxLength counts: characters where words are not spaced, words where they are. */
export function sentenceLength(words: readonly TimedWord[]): number {
  return words.reduce((sum, { text }) => sum + piecesOf(text).length, 0);
}
