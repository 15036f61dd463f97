import { languageOf } from '../language-tags.ts';

/**
 * Puts `¿` and `¡` before what ends in `?` and `!`, where the language has them: the engine does not. A sentence that
 * begins with a small letter may have begun in an earlier line, and gets none.
 */
export function withOpeningMarks(translation: string, target: string): string {
  if (!['es', 'ast'].includes(languageOf(target))) return translation;
  return translation.replaceAll(SENTENCE, (sentence) => {
    const [, last = ''] = /([?!])[?!]*["'”’»)\]]*$/.exec(sentence) ?? [];
    const opening = last === '?' ? '¿' : '¡';
    if (last === '' || /[¿¡]/.test(sentence)) return sentence;
    return sentence.replace(/^([^\p{L}\p{N}]*)(?=[\p{Lu}\p{N}])/u, `$1${opening}`);
  });
}

/** Up to its marks and the quotes behind them, without the spaces around it. */
const SENTENCE = /(?<=^|[.!?…]["'”’»)\]]*\s+)\S[^.!?…]*(?:[.…](?=\S)[^.!?…]*)*[.!?…]+["'”’»)\]]*/gu;
