import type { AvailableVoice } from '../voices/available-voice.ts';

/** A voice with the name that `espeak-ng -v` takes. */
export type EspeakVoice = { readonly voice: AvailableVoice; readonly argument: string };

/** The variant that makes a voice a woman's: of the variants, the one that is understood best (pitch 190 Hz). */
const FEMALE = 'f2';

/**
 * Which of several voice files speaks a language. The voice `cmn` of espeak-ng 1.51 reads Chinese characters as
 * English letters and digits (好 becomes "h a o three"); the pinyin one reads characters right, and pinyin besides.
 */
const INSTEAD: Readonly<Record<string, string>> = { cmn: 'cmn-latn-pinyin' };

/** Languages under the name that callers use for them. */
const TAGS: Readonly<Record<string, readonly string[]>> = { cmn: ['zh', 'cmn'] };

/** Reads what `espeak-ng --voices` prints: a table with a line a voice, by columns that end at spaces. */
export function readEspeakVoices(table: string): EspeakVoice[] {
  const rows = table.split('\n').flatMap((line) => {
    const [, language, name] = /^\s*\d+\s+(\S+)\s+\S*\/\S*\s+(\S+)\s+\S+/.exec(line) ?? [];
    return language === undefined || name === undefined
      ? []
      : [{ language, name: name.replaceAll('_', ' ').trim() }];
  });
  const listed = new Set(rows.map(({ language }) => language));
  const hidden = new Set(Object.values(INSTEAD));
  const seen = new Set<string>();
  return rows.flatMap(({ language, name }) => {
    if (seen.has(language) || hidden.has(language)) return [];
    seen.add(language);
    const instead = INSTEAD[language];
    const argument = instead !== undefined && listed.has(instead) ? instead : language;
    const spoken = name.replace(/ ?\(Mandarin, .*\)/, ' (Mandarin)');
    return [voice(language, argument, spoken, 'Male'), voice(language, `${argument}+${FEMALE}`, spoken, 'Female')];
  });
}

function voice(language: string, argument: string, name: string, gender: 'Male' | 'Female'): EspeakVoice {
  const id = `espeak-ng:${language}${gender === 'Female' ? `+${FEMALE}` : ''}`;
  const languages = TAGS[language] ?? [canonical(language)];
  return { voice: { id, engine: 'espeak-ng', name, languages, gender, sampleRate: 22_050, quality: 1 }, argument };
}

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return tag;
  }
}
