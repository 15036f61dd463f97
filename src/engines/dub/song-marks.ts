/** What subtitles and recognizers write around words that are sung. */
const NOTES = /[\u2669-\u266C\u{1F3B5}\u{1F3B6}\u{1F3BC}]/u;
/** As broadcasters mark them: the whole line between two number signs. */
const BETWEEN_SIGNS = /^\s*[#＃].*[#＃]\s*$/su;

/** Whether a line is marked as sung. Whether somebody sings cannot be told from the words. */
export function isMarkedAsSung(text: string): boolean {
  return NOTES.test(text) || BETWEEN_SIGNS.test(text);
}
