/** A part of a text, with the marks that end it. `end`: what comes after it. */
export type SentencePart = { readonly text: string; readonly end: 'sentence' | 'paragraph' | 'open' };

/** Full stops that end no sentence: `Dr. Smith`, `No. 5`, `z. B.`. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof st mt jr sr vs etc no vol fig e.g i.e a.m p.m inc ltd co corp dept est approx gen gov sen rep ' +
    'rev hon capt col sgt lt maj u.s u.k jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'z.b d.h bzw usw ca nr hr fr bd m mme mlle sra dña ud uds p.ej sig art'
  ).split(' '),
);

/** A mark that ends a sentence, further such marks, and what closes with it. */
const END = /(?:[。！？!?…؟۔।॥։።။។]|\.(?!\d))[。！？!?….]*["'”’»」』）)\]]*|\n+/gu;

/**
 * Cuts text into sentences; nothing is lost, joined again they are the text. The last part is `open` where it has no
 * end: what follows may belong to it.
 */
export function splitSentences(text: string): SentencePart[] {
  const parts: SentencePart[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const after = match.index + match[0].length;
    if (match[0].startsWith('.') && !endsSentence(text, start, match.index, after)) continue;
    const end = match[0].startsWith('\n') ? 'paragraph' : 'sentence';
    parts.push({ text: text.slice(start, after), end });
    start = after;
  }
  if (start < text.length) parts.push({ text: text.slice(start), end: 'open' });
  return parts;
}

/** Whether a full stop does: not inside of a word or name, and not before one that goes on in small letters. */
function endsSentence(text: string, start: number, stop: number, after: number): boolean {
  const next = text.slice(after, after + 20);
  if (next !== '' && !/^\s/.test(next) && !/^\p{Script=Han}/u.test(next)) return false;
  const word = /[\p{L}.]*$/u.exec(text.slice(start, stop))?.[0] ?? '';
  const isInitial = /^\p{Lu}$/u.test(word) || /\.\p{L}$/u.test(word);
  const goesOn = /^\s+\S/.test(next);
  if (goesOn && (isInitial || ABBREVIATIONS.has(word.toLowerCase()))) return false;
  return !/^\s*\p{Ll}/u.test(next);
}

/** A full-width character says about as much as three letters. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const LONGEST = 240;

/** Cuts what is too long to be spoken at once (some 15 seconds), best after a comma, else between words. */
export function splitLong(text: string): string[] {
  const characters = Array.from(text);
  const parts: string[] = [];
  for (let start = 0; start < characters.length;) {
    const end = reach(characters, start);
    const window = characters.slice(start, end).join('');
    const part = end === characters.length ? window : window.slice(0, bestCut(window));
    parts.push(part);
    start += Array.from(part).length;
  }
  return parts;
}

function bestCut(window: string): number {
  const least = window.length / 3;
  const clause = lastMatch(window, /[,，、;；:：—،؛]["'”’]?/gu);
  if (clause > least) return clause;
  const space = lastMatch(window, /\s+/gu);
  return space > least ? space : window.length;
}

/** How far a part may go that begins at `start`; a mark stays with its letter. */
function reach(characters: readonly string[], start: number): number {
  let width = 0;
  let end = start;
  for (; end < characters.length; end += 1) {
    const character = characters[end] ?? '';
    width += WIDE.test(character) ? 3 : 1;
    if (width > LONGEST && !/\p{M}/u.test(character)) break;
  }
  return end;
}

/** Where the last match ends, or 0. */
function lastMatch(text: string, pattern: RegExp): number {
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}
