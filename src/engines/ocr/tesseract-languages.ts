/** Tesseract's names of languages, which are those of its data files (and of Debian's packages tesseract-ocr-…). */
const NAMES: Readonly<Record<string, string>> = {
  ...{ ar: 'ara', az: 'aze', bg: 'bul', bn: 'ben', ca: 'cat', cs: 'ces', da: 'dan', de: 'deu', el: 'ell' },
  ...{ en: 'eng', es: 'spa', et: 'est', eu: 'eus', fa: 'fas', fi: 'fin', fil: 'fil', fr: 'fra', gl: 'glg' },
  ...{ he: 'heb', hi: 'hin', hr: 'hrv', hu: 'hun', id: 'ind', is: 'isl', it: 'ita', ja: 'jpn', kk: 'kaz' },
  ...{ km: 'khm', ko: 'kor', lo: 'lao', lt: 'lit', lv: 'lav', mn: 'mon', ms: 'msa', my: 'mya', nb: 'nor' },
  ...{ ne: 'nep', nl: 'nld', no: 'nor', pl: 'pol', pt: 'por', ro: 'ron', ru: 'rus', sk: 'slk', sl: 'slv' },
  ...{ sq: 'sqi', sr: 'srp', sv: 'swe', sw: 'swa', ta: 'tam', te: 'tel', th: 'tha', tr: 'tur', uk: 'ukr' },
  ...{ ur: 'urd', uz: 'uzb', vi: 'vie', 'zh-Hans': 'chi_sim', 'zh-Hant': 'chi_tra' },
};

const TAGS = new Map(Object.entries(NAMES).map(([tag, name]) => [name, tag]));

/**
 * The data that reads a language; undefined where Tesseract has no name for it that we know.
 * @param language BCP 47: regions count only where they change the script (`zh-TW` is written in traditional Chinese)
 */
export function tesseractName(language: string): string | undefined {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(language.replaceAll('_', '-')).maximize();
  } catch {
    return undefined;
  }
  // Cantonese subtitles are written in Chinese, in Hong Kong's script unless another is named.
  const primary = locale.language === 'yue' || locale.language === 'cmn' ? 'zh' : locale.language;
  if (primary === 'zh') return NAMES[`zh-${locale.script === 'Hant' ? 'Hant' : 'Hans'}`];
  return NAMES[primary];
}

/** The tag of a data file's name; undefined for what is no language (`osd`) or unknown to us. */
export function languageTag(name: string): string | undefined {
  return TAGS.get(name);
}
