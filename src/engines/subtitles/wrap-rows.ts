import { columnsOf } from './columns.ts';

/** What no row begins with: closing marks, and small kana and prolonged sounds of Japanese. */
const NOT_FIRST =
  /^[\p{Pe}\p{Pf}\p{M}.,;:!?%…‥、。，．：；！？％ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ·・～〜"'”’]/u;
/** What no row ends with. */
const NOT_LAST = /[\p{Ps}\p{Pi}¿¡「『（《〈【"'“‘#@$¥€£]$/u;
/** Scripts between whose words a row may end although there is no space. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uff60]`;
const BEGINS_UNSPACED = new RegExp(`^${UNSPACED}`, 'u');
const ENDS_UNSPACED = new RegExp(`${UNSPACED}$`, 'u');
/** Columns that marks may stand out at the end of a row. */
const HANGING = 2;
/** Where a reader pauses anyway. */
const PAUSE = /[\p{Po}\p{Pe}\p{Pf}\p{Pd}]$/u;
/** Two people who speak have a row each. */
const DIALOGUE = /^\s*[-–—]/;

/**
 * Puts a text in rows of at most so many columns, as few as will do and then of similar lengths; rows end behind a
 * mark rather than elsewhere, and never in a word that would fit. Rows that the text has are kept where they fit.
 * @param language BCP 47; tells words apart where they are written without spaces. Undefined: by their script
 * @param columns of which a Chinese character takes two; at least 2. A mark may stand out by one character
 */
export function wrapRows(text: string, language: string | undefined, columns: number): string[] {
  const rows = text.split(/\r\n|[\n\r]/).flatMap((row) => (row.trim() === '' ? [] : [oneSpaced(row)]));
  if (rows.every((row) => columnsOf(row) <= columns)) return rows;
  if (rows.length > 1 && !rows.every((row) => DIALOGUE.test(row))) {
    return wrapOne(joined(rows), language, columns);
  }
  return rows.flatMap((row) => wrapOne(row, language, columns));
}

function joined(rows: readonly string[]): string {
  return rows.reduce((text, row) => {
    const spaced = !(ENDS_UNSPACED.test(text) && BEGINS_UNSPACED.test(row));
    return `${text}${spaced ? ' ' : ''}${row}`;
  });
}

function oneSpaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A row may end behind each; the space behind it is part of it, and is not drawn at the end of a row. */
type Piece = { readonly text: string; readonly width: number };

type Best = { readonly cost: number; readonly from: number };

/** The cost of a row, so high that one row less is always better. */
const ROW = 1e6;

function wrapOne(text: string, language: string | undefined, columns: number): string[] {
  const pieces = piecesOf(text, language, columns);
  // The cheapest way to wrap the first n pieces, for each n: from the shorter ones.
  const best: Best[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= pieces.length; end += 1) best.push(bestRowTo(end, pieces, best, columns));
  const rows: string[] = [];
  for (let end = pieces.length; end > 0; end = best[end]?.from ?? 0) {
    rows.unshift(textOf(pieces.slice(best[end]?.from, end)));
  }
  return rows;
}

function bestRowTo(end: number, pieces: readonly Piece[], best: readonly Best[], columns: number): Best {
  let found: Best = { cost: Infinity, from: end - 1 };
  let width = 0;
  for (let from = end - 1; from >= 0; from -= 1) {
    const piece = pieces[from]?.text ?? '';
    width += from === end - 1 ? columnsOf(piece.trimEnd()) : (pieces[from]?.width ?? 0);
    if (width > columns && from < end - 1) break;
    const last = pieces[end - 1]?.text.trimEnd() ?? '';
    const bonus = end < pieces.length && PAUSE.test(last) ? (columns / 4) ** 2 : 0;
    const cost = (best[from]?.cost ?? 0) + ROW + (columns - width) ** 2 - bonus;
    if (cost < found.cost) found = { cost, from };
  }
  return found;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text }) => text)
    .join('')
    .trim();
}

function piecesOf(text: string, language: string | undefined, columns: number): Piece[] {
  const pieces: string[] = [];
  for (const { segment } of wordsOf(language).segment(text)) {
    const before = pieces.at(-1);
    if (before === undefined || mayEnd(before, segment)) pieces.push(segment);
    else pieces[pieces.length - 1] = before + segment;
  }
  return pieces
    .flatMap((piece) => fitting(piece, columns))
    .map((piece) => ({ text: piece, width: columnsOf(piece) }));
}

function mayEnd(before: string, next: string): boolean {
  if (/^\s/.test(next)) return false;
  if (/\s$/.test(before)) return !NOT_FIRST.test(next) || /^["'“‘]/.test(next);
  if (NOT_FIRST.test(next) || NOT_LAST.test(before)) return false;
  return ENDS_UNSPACED.test(before) || BEGINS_UNSPACED.test(next);
}

/** A word that is longer than a row is cut between characters; before a mark only where it would stand out too far. */
function fitting(piece: string, columns: number): string[] {
  if (columnsOf(piece.trimEnd()) <= columns) return [piece];
  const parts: string[] = [];
  let part = '';
  let width = 0;
  for (const { segment } of CHARACTERS.segment(piece)) {
    const wider = width + columnsOf(segment);
    const most = NOT_FIRST.test(segment) ? columns + HANGING : columns;
    if (wider <= most || segment === ' ' || part === '') [part, width] = [part + segment, wider];
    else {
      parts.push(part);
      [part, width] = [segment, columnsOf(segment)];
    }
  }
  return [...parts, part];
}

const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });
const WORDS = new Map<string, Intl.Segmenter>();

function wordsOf(language = 'und'): Intl.Segmenter {
  const known = WORDS.get(language) ?? new Intl.Segmenter(supported(language), { granularity: 'word' });
  WORDS.set(language, known);
  return known;
}

function supported(language: string): string {
  try {
    return Intl.Segmenter.supportedLocalesOf([language])[0] ?? 'und';
  } catch {
    return 'und';
  }
}
