import type { InstalledModel } from '../models/model.ts';
import type { Hotword } from './asr-engine.ts';
import type { RecognizerFamily } from './recognizer-families.ts';

/** In what a transducer's tokens are: the library cuts hotwords into them. */
type ModelingUnit = 'bpe' | 'cjkchar' | 'cjkchar+bpe';

/** Written in characters that are tokens themselves. */
const BY_CHARACTER = new Set(['zh', 'yue']);

/** Undefined where the model cannot listen for hotwords: words of letters need the vocabulary that cuts them. */
export function hotwordUnit(model: InstalledModel, family: RecognizerFamily): ModelingUnit | undefined {
  if (family.hotwords === undefined) return undefined;
  const byCharacter = model.languages.filter((language) => BY_CHARACTER.has(language)).length;
  if (model.files['bpeVocab'] === undefined) {
    return byCharacter > 0 && byCharacter === model.languages.length ? 'cjkchar' : undefined;
  }
  return byCharacter > 0 ? 'cjkchar+bpe' : 'bpe';
}

/** The part of the recognizer's configuration that hotwords need. */
export function hotwordSearch(model: InstalledModel, unit: ModelingUnit): { search: object; units: object } {
  const bpeVocab = model.files['bpeVocab'];
  return {
    search: { decodingMethod: 'modified_beam_search', maxActivePaths: 4 },
    units: { modelingUnit: unit, ...(bpeVocab !== undefined && { bpeVocab }) },
  };
}

/**
 * Hotwords as the library takes them: `NEW YORK :2.0/你好 :1.5`. Its own signs (`/ : # @`) and other marks are left
 * out, for it ends the process over a `:` without a number behind it.
 * @param inCapitals whether the model's tokens know no small letters
 */
export function hotwordText(hotwords: readonly Hotword[], inCapitals: boolean): string {
  return hotwords
    .map(({ text, weight }) => ({ words: text.replaceAll(/[^\p{L}\p{M}\p{N}'-]+/gu, ' ').trim(), weight }))
    .filter(({ words }) => /[\p{L}\p{N}]/u.test(words))
    .map(({ words, weight }) => `${inCapitals ? words.toUpperCase() : words} :${scoreOf(weight).toFixed(1)}`)
    .join('/');
}

/** The library's own default is 1.5, and past 3 it hears the words where nobody says them. */
function scoreOf(weight: number): number {
  return 0.5 + 0.5 * weight;
}
