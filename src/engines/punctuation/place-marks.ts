import type { TimedWord } from '../asr/asr-engine.ts';

const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** What models of Chinese and English write, whatever the language is; behind letters of Latin they look wrong. */
const LATIN_MARKS: Readonly<Record<string, string>> = {
  ...{ '，': ',', '。': '.', '？': '?', '！': '!', '、': ',', '；': ';', '：': ':' },
};
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/**
 * The words with the marks that follow them in the text, which is made of the same words: letter by letter, for models
 * part `don't` into three. Undefined where the letters differ, so that no word is ever lost or changed.
 */
export function placeMarks(words: readonly TimedWord[], text: string): TimedWord[] | undefined {
  const letters = Array.from(text);
  const placed: TimedWord[] = [];
  let at = 0;
  for (const word of words) {
    const own = Array.from(word.text).filter((letter) => LETTER.test(letter));
    for (const letter of own) {
      while (at < letters.length && !LETTER.test(letters[at] ?? '')) at += 1;
      if (letters[at]?.toLowerCase() !== letter.toLowerCase()) return undefined;
      at += 1;
    }
    const behind = own.length === 0 ? '' : marksAt(letters, at);
    placed.push(behind === '' ? word : { ...word, text: word.text + inScriptOf(word.text, behind) });
  }
  return letters.slice(at).some((letter) => LETTER.test(letter)) ? undefined : placed;
}

/** The marks up to the next letter. */
function marksAt(letters: readonly string[], at: number): string {
  let marks = '';
  for (let next = at; next < letters.length && !LETTER.test(letters[next] ?? ''); next += 1) {
    if ((letters[next] ?? '') in LATIN_MARKS) marks += letters[next];
  }
  return marks;
}

function inScriptOf(word: string, marks: string): string {
  return UNSPACED.test(word) ? marks : Array.from(marks, (mark) => LATIN_MARKS[mark]).join('');
}
