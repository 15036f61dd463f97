/** The few words that charts say by themselves. */
export type ChartWords = { readonly other: string; readonly noData: string };

const WORDS: Readonly<Record<string, ChartWords>> = {
  en: { other: 'Other', noData: 'No data' },
  zh: { other: '其他', noData: '无数据' },
  'zh-Hant': { other: '其他', noData: '無資料' },
  ja: { other: 'その他', noData: 'データなし' },
  ko: { other: '기타', noData: '데이터 없음' },
  es: { other: 'Otros', noData: 'Sin datos' },
  fr: { other: 'Autres', noData: 'Aucune donnée' },
  de: { other: 'Sonstige', noData: 'Keine Daten' },
  ar: { other: 'أخرى', noData: 'لا توجد بيانات' },
};
const ENGLISH: ChartWords = { other: 'Other', noData: 'No data' };

/** The language that the texts are most likely in: kana and Hangul tell Japanese and Korean from Chinese. */
function languageOf(texts: readonly string[]): string {
  const all = texts.join(' ');
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(all)) return 'ja';
  if (/\p{Script=Hangul}/u.test(all)) return 'ko';
  if (/\p{Script=Han}/u.test(all)) return 'zh-CN';
  // Latin digits, as in most Arabic business charts; the text itself stays as it is.
  if (/\p{Script=Arabic}/u.test(all)) return 'ar-u-nu-latn';
  return 'en';
}

/** Whether a text is the tag of a language as BCP 47 writes them: de, zh-TW. */
export function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

/** What Intl takes, whatever was given. Digits are Latin: all fonts have them. */
export function knownLanguage(given: string | undefined, texts: readonly string[]): string {
  if (given === undefined || !isLanguage(given)) return languageOf(texts);
  return new Intl.Locale(given, { numberingSystem: 'latn' }).toString();
}

export function wordsFor(language: string): ChartWords {
  const { language: spoken, script } = new Intl.Locale(language).maximize();
  return WORDS[`${spoken}-${script}`] ?? WORDS[spoken ?? ''] ?? ENGLISH;
}

/** Whether a text begins on the right: by its first letter that has a direction. */
export function readsFromRight(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(letter);
}
