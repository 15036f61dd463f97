import type { SpokenPiece } from '../plan/speech-plan.ts';

/** Letters that have no plain letter inside. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'th',
  þ: 'th',
  ı: 'i',
};
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′`´]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[–—―]/g, ', '],
  [/…/g, '...'],
  [/[‐‑‒]/g, '-'],
  [/[，、]/g, ', '],
  [/。/g, '. '],
  [/[！]/g, '! '],
  [/[？]/g, '? '],
  [/[：；]/g, '; '],
  // flite gives these no sound but a sign.
  [/_/g, ' '],
  [/[\\^~|<>{}[\]*=]/g, ' '],
  [/@/g, ' at '],
  [/#/g, ' number '],
  [/&/g, ' and '],
  [/\+/g, ' plus '],
];

/**
 * Text in ASCII: flite takes each byte of anything else for a word and says nothing for it. Accents are dropped
 * (`café` is read well as `cafe`), typographic marks become plain ones. Undefined where nothing is left to read.
 */
export function fliteText(spoken: readonly SpokenPiece[]): string | undefined {
  const text = spoken.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(' ');
  const plain = MARKS.reduce((changed, [pattern, mark]) => changed.replaceAll(pattern, mark), text)
    .replaceAll(/[^\u0020-\u007E]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/[^\u0020-\u007E]/g, '');
  return /[A-Za-z0-9]/.test(plain) ? plain.replaceAll(/ {2,}/g, ' ').trim() : undefined;
}
