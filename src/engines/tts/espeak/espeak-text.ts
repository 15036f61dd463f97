import type { SpokenPiece } from '../plan/speech-plan.ts';

export type EspeakText =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unsupported'; readonly message: string };

/** Text as espeak-ng takes it: syllables of pinyin stand among Chinese characters as words of their own. */
export function espeakText(spoken: readonly SpokenPiece[], language: string): EspeakText {
  if (language !== 'zh' && spoken.some((piece) => piece.kind === 'pinyin')) {
    const message = `Pinyin (<phoneme alphabet="py">) is for Mandarin, not for a voice that speaks '${language}'.`;
    return { kind: 'unsupported', message };
  }
  const text = spoken
    .map((piece) => (piece.kind === 'text' ? piece.text : ` ${piece.syllables.join(' ')} `))
    .join('')
    // Two brackets begin phonemes of espeak-ng: a caller's text is text.
    .replaceAll(/\[(?=\[)/g, '[ ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (language === 'ja' && /\p{Script=Han}/u.test(text)) {
    // It says "Chinese letter" for each of them.
    const message =
      'espeak-ng reads Japanese in kana alone, and this text has kanji. A neural voice can read them.';
    return { kind: 'unsupported', message };
  }
  return { kind: 'text', text };
}
