/** Han, kana and hangul, the marks between them, and emoji: as wide as they are high. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
/** What stands above, below or between other characters. */
const WITHOUT_WIDTH = /[\p{M}\p{Cf}]/u;

/** Half the width of a Chinese character, about that of a Latin letter. */
export function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + columnsOfOne(character), 0);
}

function columnsOfOne(character: string): number {
  if (WIDE.test(character)) return 2;
  return WITHOUT_WIDTH.test(character) ? 0 : 1;
}
