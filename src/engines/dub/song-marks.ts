/** What subtitles and recognizers write around words that are sung. */
const NOTES = /[\u2669-\u266C\u{1F3B5}\u{1F3B6}\u{1F3BC}]/u;
/** As broadcasters mark them: the whole line between two number signs. */
const BETWEEN_SIGNS = /^\s*[#＃].+[#＃]\s*$/su;
/** What is heard and not said, as in subtitles for the deaf, and as some recognizers write it: `[Music]`. */
const SOUND = /^\s*(?:[[［【][^\]］】]*[\]］】]\s*)+$/u;

/**
 * Whether a line of the source is nothing to speak in another voice: it names a sound, or, where songs are skipped, is
 * marked as sung. Whether somebody sings cannot be told from words that are not marked.
 */
export function isLeftAsItIs(text: string, skipSong: boolean): boolean {
  return SOUND.test(text) || (skipSong && (NOTES.test(text) || BETWEEN_SIGNS.test(text)));
}
