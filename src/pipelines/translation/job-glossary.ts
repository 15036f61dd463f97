import { tagFit } from '../../engines/translation/language-tags.ts';
import type { GlossaryTerm, LanguagePair } from '../../engines/translation/translator.ts';
import type { LibraryHotword } from '../../jobs/hotword-library.ts';
import { isWordOf } from '../job-hotwords.ts';

/**
 * How terms are translated for a pair of languages: as the Glossary of the job says, else as its hotword library does.
 * Of several translations of a word the one whose language fits the target best counts, of equal ones the first. Each
 * source stands once.
 */
export function glossaryFor(
  { source, target }: LanguagePair,
  glossary: readonly GlossaryTerm[],
  hotwords: readonly LibraryHotword[],
): GlossaryTerm[] {
  const ofLibrary = hotwords
    .filter((word) => isWordOf(word, source))
    .flatMap((word) => {
      const translation = translationInto(target, word);
      return translation === undefined ? [] : [{ source: word.text, target: translation }];
    });
  const terms = new Map<string, GlossaryTerm>();
  for (const term of [...glossary, ...ofLibrary]) {
    if (!terms.has(term.source)) terms.set(term.source, term);
  }
  return [...terms.values()];
}

function translationInto(target: string, { translations = [] }: LibraryHotword): string | undefined {
  const fitting = translations
    .map(({ text, language }) => ({ text, fit: tagFit(language, target) }))
    .filter(({ fit }) => fit > 0);
  return fitting.toSorted((a, b) => b.fit - a.fit)[0]?.text;
}
