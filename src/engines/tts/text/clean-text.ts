/** Marks a word's edges (`<w>`); it is not seen in the text and becomes a space where scripts have none. */
export const WORD_EDGE = '\u200B';

/** A letter with more marks than any language writes is there to hurt. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Pictures, symbols without a reading, private and unassigned characters, halves of pairs. */
const UNSPOKEN = /[\p{Extended_Pictographic}\p{So}\p{Co}\p{Cn}\p{Cs}\u{1F3FB}-\u{1F3FF}\u{E0000}-\u{E007F}]/gu;
/** Directions, joiners and controls; the joiners that spell words in Persian and Indic scripts stay. */
const INVISIBLE = /(?![\u200B\n])[\p{Cc}\p{Cf}\uFE00-\uFE0F\u20E3](?<![\p{L}\p{M}][\u200C\u200D](?=[\p{L}]))/gu;

/** Symbols that belong to numbers, though Unicode counts them with the pictures. */
const KEPT_SYMBOLS = /[°℃℉№㎡㎏㎞]/u;

/**
 * Text as engines take it: composed (NFC), without what cannot be read out. Line ends stay, as `\n`: they end
 * sentences. Emoji become spaces: they are not read out.
 */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(UNSPOKEN, (character) => (KEPT_SYMBOLS.test(character) ? character : ' '))
    .replaceAll(STACKED_MARKS, '$1');
}

/** Whether there is anything to read out. */
export function isSpeakable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Text as it is shown in a result: on one line, without the marks of word edges. */
export function shownText(text: string): string {
  return text.replaceAll(WORD_EDGE, '').replaceAll(/\s+/g, ' ').trim();
}

/** A word of letters without end makes engines slow or mad; nobody can tell where it is cut. */
export function breakEndlessWords(text: string): string {
  return text.replaceAll(/[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{40}/gu, '$& ');
}
