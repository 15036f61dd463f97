/** What Intl does not know, or knows by another name than the people who ask for it. */
const INSTEAD: Readonly<Record<string, string>> = { no: 'nb', zlm: 'ms', 'zh-cmn': 'zh', 'zh-yue': 'yue' };

/**
 * A tag in its canonical form: `en` of `eng` and `EN`, `zh-TW` of `zh_tw`, `yue` of `zh-yue`. Undefined where it is no
 * tag, or where it names no one language (`und`, `mul`).
 */
export function canonicalTag(tag: string): string | undefined {
  const dashed = tag.trim().replaceAll('_', '-');
  const older = /^zh-(cmn|yue)(?=-|$)/i.exec(dashed)?.[0].toLowerCase();
  const plain = older === undefined ? dashed : `${INSTEAD[older] ?? 'zh'}${dashed.slice(older.length)}`;
  try {
    const canonical = new Intl.Locale(plain).baseName;
    const language = canonical.split('-', 1)[0] ?? '';
    if (['und', 'mul', 'zxx', 'mis'].includes(language)) return undefined;
    return (INSTEAD[language] ?? language) + canonical.slice(language.length);
  } catch {
    return undefined;
  }
}

/** `zh` of `zh-Hant-TW`; '' where it is no tag. */
export function languageOf(tag: string): string {
  return canonicalTag(tag)?.split('-', 1)[0] ?? '';
}

/**
 * Whether two tags ask for the same text: the same language in the same script, and no two regions or variants that
 * both name. `en` and `en-GB` do, `pt-BR` and `pt-PT` do not, nor `zh-CN` and `zh-TW`.
 */
export function isSameLanguage(a: string, b: string): boolean {
  const [one, other] = [canonicalTag(a), canonicalTag(b)];
  if (one === undefined || other === undefined || languageOf(one) !== languageOf(other)) return false;
  const [first, second] = [new Intl.Locale(one), new Intl.Locale(other)];
  const agree = (x: string | undefined, y: string | undefined): boolean =>
    x === undefined || y === undefined || x === y;
  return (
    first.maximize().script === second.maximize().script &&
    agree(first.region, second.region) &&
    agree(variantOf(one), variantOf(other))
  );
}

/**
 * How well a text in one tag serves who asks for another; 0 = not at all. 3 is the same tag, 2 the language as such,
 * 1 the language as it is written elsewhere.
 */
export function tagFit(offered: string, asked: string): 0 | 1 | 2 | 3 {
  const [here, there] = [canonicalTag(offered), canonicalTag(asked)];
  if (here === undefined || there === undefined || languageOf(here) !== languageOf(there)) return 0;
  if (here === there) return 3;
  return here === languageOf(here) ? 2 : 1;
}

/** The English name of a language, for messages: `Spanish`. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(canonicalTag(tag) ?? tag) ?? tag;
  } catch {
    return tag;
  }
}

/** `valencia` of `ca-valencia`. */
function variantOf(tag: string): string | undefined {
  return tag.split('-').find((part, index) => index > 0 && /^([a-z0-9]{5,8}|\d[a-z0-9]{3})$/i.test(part));
}

/** ISO 639-3 of the languages that people ask for; Intl knows the way from here to the shorter code alone. */
const LONG_CODES =
  'afr ara arg ast bel ben bos bre bul cat ces cym dan deu ell eng epo est eus fas fin fra gle glg heb hin hrv hun ' +
  'ind isl ita jpn kat kaz kor lav lit mkd mlt msa nld nno nob oci pol por ron rus slk slv spa sqi srd srp swe szl ' +
  'tat tha tur ukr urd vie yue zho';

/** As packages of apertium are named: `spa` of `es-MX`. `xxx` where the language has no code that we know. */
export function isoLetters(tag: string): string {
  const language = languageOf(tag);
  if (language.length === 3) return language;
  return LONG_CODES.split(' ').find((code) => new Intl.Locale(code).language === language) ?? 'xxx';
}
