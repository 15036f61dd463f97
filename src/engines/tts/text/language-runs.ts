import { detectLatinLanguage, detectScriptLanguage } from './detect-language.ts';
import { isWrittenIn, scriptOf } from './writing-system.ts';

export type LanguageRun = { readonly language: string; readonly text: string };

/** What is known of a text before its sentences are looked at. */
export type LanguageContext = {
  /** The language of the voice, if it has one: every script that language is written in is read in it. */
  readonly voice: string | undefined;
  /** Of the text's Latin letters as a whole. */
  readonly latin: string;
  /** Of Chinese characters where no kana stand beside them. */
  readonly han: string;
  /** Of what has no letters. */
  readonly main: string;
};

/** More kana than this among Chinese characters and kana: a Japanese text. */
const JAPANESE_SHARE = 0.2;
/** Letters that are named one by one in any language: NBA, CEO, 5G. */
const ABBREVIATION = /^[A-Z\d\s]{1,6}$/;

/** Looks at the whole text, for the sentences that are too short to tell. */
export function languageContext(text: string, voice?: string): LanguageContext {
  const latinVoice = voice !== undefined && isWrittenIn(voice, 'Latin');
  const latin = latinVoice ? voice : (detectLatinLanguage(text) ?? 'en');
  const hanVoice = voice !== undefined && isWrittenIn(voice, 'Han');
  const han = hanVoice ? voice : isJapanese(text) ? 'ja' : 'zh';
  const first = Array.from(text, scriptOf).find((script) => script !== undefined);
  const written = first === undefined || first === 'Latin' ? latin : first === 'Han' ? han : undefined;
  const main = voice ?? written ?? detectScriptLanguage(first ?? '', text) ?? 'en';
  return { voice, latin, han, main };
}

/**
 * Cuts a sentence where its language changes. What belongs to every language (digits, marks, spaces) stays with what
 * stands before it; at the beginning, with what follows.
 */
export function languageRuns(sentence: string, context: LanguageContext): LanguageRun[] {
  const languages = new Map<string, string>();
  const languageOf = (script: string): string => {
    const known = languages.get(script) ?? decide(script, sentence, context);
    languages.set(script, known);
    return known;
  };
  const runs: { language: string | undefined; text: string }[] = [];
  for (const character of sentence) {
    const script = scriptOf(character);
    const language = script === undefined || script === 'Other' ? undefined : languageOf(script);
    const run = runs.at(-1);
    if (run === undefined || (language !== undefined && run.language !== undefined && run.language !== language)) {
      runs.push({ language, text: character });
    } else {
      run.text += character;
      run.language ??= language;
    }
  }
  return merged(runs.map(({ language, text }) => ({ language: language ?? context.main, text })));
}

function decide(script: string, sentence: string, { voice, latin, han }: LanguageContext): string {
  if (script === 'Han') return voice !== 'yue' && isJapanese(sentence) ? 'ja' : han;
  if (voice !== undefined && isWrittenIn(voice, script)) return voice;
  if (script === 'Latin') return detectLatinLanguage(sentence) ?? latin;
  return detectScriptLanguage(script, sentence) ?? latin;
}

/** A sign or two of kana are at home in Chinese names of shops and songs. */
function isJapanese(text: string): boolean {
  const kana = text.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return kana > JAPANESE_SHARE * (kana + han);
}

/** An abbreviation among Chinese or Japanese text is read by that voice: a change of voice for `A` hurts the ear. */
function merged(runs: readonly LanguageRun[]): LanguageRun[] {
  const out: LanguageRun[] = [];
  for (const [index, run] of runs.entries()) {
    const before = out.at(-1);
    const neighbour = before ?? runs[index + 1];
    const joins =
      neighbour !== undefined &&
      (neighbour.language === run.language ||
        (['zh', 'ja', 'yue'].includes(neighbour.language) && ABBREVIATION.test(run.text.trim())));
    if (joins && before !== undefined)
      out.splice(-1, 1, { language: before.language, text: before.text + run.text });
    else out.push(joins ? { language: neighbour.language, text: run.text } : run);
  }
  return out;
}
