/**
 * What servers of the whisper kind call a language, where it is not what BCP 47 calls it.
 * Canonical tag of ours to theirs.
 */
const SERVER_NAMES: Readonly<Record<string, readonly string[]>> = {
  // Cantonese is known to whisper large-v3 alone; Chinese is the nearest that the others know.
  yue: ['yue', 'zh'],
  nan: ['zh'],
  hak: ['zh'],
  wuu: ['zh'],
  nb: ['no'],
  fil: ['tl'],
  jv: ['jw'],
};
/** The other way round, and names of whisper that are not the English ones. */
const OUR_NAMES: Readonly<Record<string, string>> = {
  tl: 'fil',
  jw: 'jv',
  mandarin: 'zh',
  castilian: 'es',
  flemish: 'nl',
  haitian: 'ht',
  'haitian creole': 'ht',
  moldavian: 'ro',
  panjabi: 'pa',
  pushto: 'ps',
  sinhalese: 'si',
  valencian: 'ca',
  nynorsk: 'nn',
  myanmar: 'my',
};
/** The languages of whisper; OpenAI answers their English names in lower case. */
const WHISPER_LANGUAGES =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml ' +
  'cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am ' +
  'yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jv su yue';

/**
 * What to send as `language` for a BCP 47 tag: ISO 639-1 where there is one, the likeliest first. Empty where the tag
 * says nothing (`und`, `mul`) or is none.
 */
export function languageHints(tag: string): readonly string[] {
  const language = canonicalLanguage(tag);
  if (language === undefined || ['und', 'mul', 'zxx'].includes(language)) return [];
  return SERVER_NAMES[language] ?? [language];
}

/** The tag of the language that a server says it heard: by its code (`en`, `eng`, `en-US`) or name (`english`). */
export function languageTag(answered: string): string | undefined {
  const name = answered.trim().toLowerCase();
  const tag = OUR_NAMES[name] ?? byEnglishName().get(name) ?? canonicalLanguage(name);
  return tag === undefined || tag === 'und' || tag.length > 3 ? undefined : (OUR_NAMES[tag] ?? tag);
}

/** Without script and region; `cmn` and `zho` are `zh`, `deu` is `de`, `zh-yue` is `yue`. */
function canonicalLanguage(tag: string): string | undefined {
  // Intl knows no extended languages, the older way to write `yue`.
  const plain = tag.replaceAll('_', '-').replace(/^[a-z]{2,3}-([a-z]{3})(?=-|$)/i, '$1');
  try {
    return new Intl.Locale(plain).language;
  } catch {
    return undefined;
  }
}

let names: ReadonlyMap<string, string> | undefined;

function byEnglishName(): ReadonlyMap<string, string> {
  if (names !== undefined) return names;
  const english = new Intl.DisplayNames(['en'], { type: 'language' });
  names = new Map(WHISPER_LANGUAGES.split(' ').map((code) => [english.of(code)?.toLowerCase() ?? code, code]));
  return names;
}
