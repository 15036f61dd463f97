import { isWrittenIn } from '../text/writing-system.ts';

/**
 * The language of a tag, as the rest of the speech code names it: `zh` for Mandarin (`cmn`, `zh-TW`), `yue` for
 * Cantonese (`zh-HK`, `zh-yue`), `en` for `en-us`.
 */
export function primaryLanguage(tag: string): string {
  const [first = '', ...others] = tag.toLowerCase().split(/[-_]/);
  if ((first === 'zh' || first === 'yue') && others.some((subtag) => ['yue', 'hk', 'mo'].includes(subtag)))
    return 'yue';
  return ALIASES[first] ?? first;
}

const ALIASES: Readonly<Record<string, string>> = { cmn: 'zh', tl: 'fil', iw: 'he', in: 'id', no: 'nb' };

/** The tag of voices that speak whatever they are given. */
export const ANY_LANGUAGE = 'mul';

/** What comes nearest where nobody speaks a language: written in the same letters, and said much alike. */
export const RELATED_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  fil: ['ms', 'id'],
  ms: ['id'],
  id: ['ms'],
  yue: ['zh'],
};

/** `unsaid` where one of the tags leaves the region open. */
export function compareAccents(wanted: string, spoken: string): 'same' | 'other' | 'unsaid' {
  const regions = [wanted, spoken].map((tag) => tag.toLowerCase().split(/[-_]/).find(isRegion));
  if (regions.includes(undefined)) return 'unsaid';
  return regions[0] === regions[1] ? 'same' : 'other';
}

/**
 * Whether a tag says no more than the wanted one: the same language, and no region or the wanted one, which is the
 * likeliest where none is named (`fr-FR` for `fr`).
 */
export function isPlainForm(tag: string, wanted: string): boolean {
  if (primaryLanguage(tag) !== primaryLanguage(wanted)) return false;
  const region = wanted.toLowerCase().split(/[-_]/).find(isRegion) ?? likeliestRegion(wanted);
  const [, ...said] = tag.toLowerCase().split(/[-_]/);
  return said.every((subtag) => subtag === region);
}

function likeliestRegion(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().region?.toLowerCase();
  } catch {
    return undefined;
  }
}

function isRegion(subtag: string, index: number): boolean {
  return index > 0 && /^([a-z]{2}|\d{3})$/.test(subtag);
}

/** The scripts that more languages than one are written in. */
const COMMON_SCRIPTS = ['Latin', 'Han', 'Kana', 'Cyrillic', 'Arabic', 'Devanagari', 'Bengali'];

/** Whether all the letters of one language are also letters of the other. */
export function readsLettersOf(reader: string, language: string): boolean {
  if (reader === language) return true;
  const scripts = COMMON_SCRIPTS.filter((script) => isWrittenIn(language, script));
  return scripts.length > 0 && scripts.every((script) => isWrittenIn(reader, script));
}

const NAMES = new Intl.DisplayNames(['en'], { type: 'language' });

/** `Chinese` for `zh`; the tag itself where it has no name, or is none. */
export function languageName(tag: string): string {
  try {
    return NAMES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
