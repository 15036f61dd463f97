/** The languages that a script stands for where nothing says more. Latin has no such language. */
const SCRIPTS: readonly (readonly [script: string, pattern: RegExp, language: string | undefined])[] = [
  ['Latin', /\p{Script=Latin}/u, undefined],
  ['Han', /[\p{Script=Han}\p{Script=Bopomofo}]/u, 'zh'],
  ['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u, 'ja'],
  ['Hangul', /\p{Script=Hangul}/u, 'ko'],
  ['Cyrillic', /\p{Script=Cyrillic}/u, 'ru'],
  ['Arabic', /\p{Script=Arabic}/u, 'ar'],
  ['Devanagari', /\p{Script=Devanagari}/u, 'hi'],
  ['Greek', /\p{Script=Greek}/u, 'el'],
  ['Hebrew', /\p{Script=Hebrew}/u, 'he'],
  ['Thai', /\p{Script=Thai}/u, 'th'],
  ['Bengali', /\p{Script=Bengali}/u, 'bn'],
  ['Tamil', /\p{Script=Tamil}/u, 'ta'],
  ['Telugu', /\p{Script=Telugu}/u, 'te'],
  ['Kannada', /\p{Script=Kannada}/u, 'kn'],
  ['Malayalam', /\p{Script=Malayalam}/u, 'ml'],
  ['Gujarati', /\p{Script=Gujarati}/u, 'gu'],
  ['Gurmukhi', /\p{Script=Gurmukhi}/u, 'pa'],
  ['Oriya', /\p{Script=Oriya}/u, 'or'],
  ['Sinhala', /\p{Script=Sinhala}/u, 'si'],
  ['Myanmar', /\p{Script=Myanmar}/u, 'my'],
  ['Georgian', /\p{Script=Georgian}/u, 'ka'],
  ['Armenian', /\p{Script=Armenian}/u, 'hy'],
  ['Ethiopic', /\p{Script=Ethiopic}/u, 'am'],
  ['Khmer', /\p{Script=Khmer}/u, 'km'],
  ['Lao', /\p{Script=Lao}/u, 'lo'],
];

/** Languages that write with a script that also stands for another. */
const OTHER_USERS: Readonly<Record<string, readonly string[]>> = {
  Han: ['yue', 'hak', 'ja'],
  Kana: ['ja'],
  Cyrillic: ['uk', 'be', 'bg', 'mk', 'sr', 'kk', 'ky', 'tt', 'ba', 'cv', 'nog'],
  Arabic: ['fa', 'ur', 'ug', 'sd', 'ku'],
  Devanagari: ['mr', 'ne', 'kok'],
  Bengali: ['as', 'bpy'],
};

/** The script of a character's letters; undefined for digits, punctuation and spaces, which belong to any. */
export function scriptOf(character: string): string | undefined {
  if (/[A-Za-z]/.test(character)) return 'Latin';
  if (!/[\p{L}\p{M}]/u.test(character)) return undefined;
  return SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0] ?? 'Other';
}

/** The language a script stands for by itself. */
export function languageOfScript(script: string): string | undefined {
  return SCRIPTS.find(([name]) => name === script)?.[2];
}

/** Whether a language (its primary tag) is written in a script. */
export function isWrittenIn(language: string, script: string): boolean {
  if (languageOfScript(script) === language || (OTHER_USERS[script]?.includes(language) ?? false)) return true;
  return script === 'Latin' && !SCRIPTS.some(([, , other]) => other === language) && !isOtherUser(language);
}

function isOtherUser(language: string): boolean {
  return Object.values(OTHER_USERS).some((users) => users.includes(language));
}
