import { z } from 'zod';
import type { AnswerValue } from '../gateway/operation.ts';
import { refuseValue, type Refusal } from '../gateway/api-error.ts';
import { HOTWORD_LIMITS, type HotwordScenario, type LibraryHotword } from '../jobs/hotword-library.ts';

/** What the service recommends; it does not say what it takes where none is given. */
const USUAL_WEIGHT = 2;
const LONGEST = { unspaced: 15, words: 10, translated: 100 } as const;
const WEIGHTS = 'a whole number from -6 to 5';
const LANGUAGES = 'a language code such as en or zh';

const text = z.string(`1-${LONGEST.translated} characters`).trim();
const shown = text
  .min(1, `1-${LONGEST.translated} characters`)
  .refine((value) => characters(value) <= LONGEST.translated, `1-${LONGEST.translated} characters`)
  .refine((value) => !/\p{Cc}/u.test(value), 'text without line breaks and other control characters');
const language = z.string(LANGUAGES).regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, LANGUAGES);

const translation = z.looseObject({ TranslatedText: shown, TargetLanguage: language });
const hotword = z.looseObject(
  {
    Text: shown,
    Weight: z.int(WEIGHTS).min(-6, WEIGHTS).max(5, WEIGHTS).optional(),
    Language: language.optional(),
    TranspositionResultList: z
      .array(translation, 'an array of {TranslatedText, TargetLanguage}')
      .superRefine(noneTwice(({ TranslatedText, TargetLanguage }) => [TargetLanguage, TranslatedText]))
      .optional(),
  },
  'an object {Text, Weight, Language}',
);

/** The parameter Hotwords, as the SDKs send it: one text of JSON. */
export const hotwordList = z
  .array(hotword, 'an array of {Text, Weight, Language}')
  .min(1, `1-${HOTWORD_LIMITS.words} hotwords`)
  .max(HOTWORD_LIMITS.words, `1-${HOTWORD_LIMITS.words} hotwords`)
  .superRefine(noneTwice(({ Text, Language }) => [Language, Text]));

/**
 * The words of a checked parameter.
 * @param scenario what the library is for, which decides how long a word may be
 */
export function readHotwords(json: string, scenario: HotwordScenario): readonly LibraryHotword[] | Refusal {
  const words = hotwordList.parse(JSON.parse(json)).map(fromWire);
  if (scenario === 'VideoTranslation') return words;
  const index = words.findIndex((word) => isLong(word.text));
  if (index === -1) return words;
  const range = `in a library for ${scenario} at most ${LONGEST.unspaced} characters of Chinese, or ${LONGEST.words} words separated by spaces`;
  return refuseValue(`Hotwords.${index}.Text`, words[index]?.text ?? '', range);
}

export function hotwordsOnWire(words: readonly LibraryHotword[]): AnswerValue {
  return words.map(({ text: Text, weight: Weight, language: Language, translations }) => ({
    Text,
    Weight,
    Language,
    TranspositionResultList: translations?.map((one) => ({
      TranslatedText: one.text,
      TargetLanguage: one.language,
    })),
  }));
}

function fromWire(word: z.infer<typeof hotword>): LibraryHotword {
  const { Text, Weight = USUAL_WEIGHT, Language, TranspositionResultList: translations } = word;
  return {
    text: Text,
    weight: Weight,
    ...(Language !== undefined && { language: Language }),
    ...(translations !== undefined && {
      translations: translations.map((one) => ({ text: one.TranslatedText, language: one.TargetLanguage })),
    }),
  };
}

/** One character of a script without spaces makes the whole word count by characters, as the service counts. */
function isLong(value: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(value)
    ? characters(value) > LONGEST.unspaced
    : value.split(/\s+/).length > LONGEST.words;
}

/** A character outside of the basic plane is one too. */
export function characters(value: string): number {
  return Array.from(value).length;
}

/** Refuses what is there twice, at its second place. */
function noneTwice<T>(keyOf: (item: T) => readonly unknown[]): (items: T[], context: z.RefinementCtx) => void {
  return (items, context) => {
    const seen = new Set<string>();
    for (const [index, item] of items.entries()) {
      const key = JSON.stringify(keyOf(item));
      if (seen.has(key)) {
        context.addIssue({ code: 'custom', path: [index], message: 'each text of a language only once' });
      }
      seen.add(key);
    }
  };
}
