import { looksLikeTimes } from './subtitle-time.ts';

/*
 * What a reader sees of a cue: without the marks for players, and with the characters that marks stand for.
 */

const WORD_JOINER = '\u2060';
/** Tags that players of SubRip know. Anything else in angle brackets is text: `a < b > c`, `<3`. */
const SRT_TAG = /<\/?(?:[biuspvc]|em|strong|font|span|lang|ruby|rt|rp)(?:[\s.][^<>]*)?\/?>/gi;
const BREAK = /<br\s*\/?>/gi;
/** Overrides of renderers: `{\an8}`, and MicroDVD's `{y:i}`. */
const OVERRIDE = /\{(?:\\[^{}]*|[a-zA-Z]:[^{}]*)\}/g;

/** Everything in angle brackets is a tag in WebVTT: its voices, classes, languages and times. */
const VTT_TAG = /<[^<>]*>/g;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '\u200e',
  rlm: '\u200f',
};

/** @param rows as they stand in the file */
export function srtText(rows: readonly string[]): string {
  // Our own files part characters by it, and mark rows with it, that could be taken for something else.
  const marked = rows
    .map((row) => (row.startsWith(WORD_JOINER) && looksLikeTimes(row.slice(1)) !== false ? row.slice(1) : row))
    .join('\n')
    .replaceAll(BREAK, '\n')
    .replaceAll(/\\[Nn]/g, '\n');
  const bare = withoutEntities(marked.replaceAll(OVERRIDE, '').replaceAll(SRT_TAG, ''));
  return rowsOf(bare.replaceAll(new RegExp(`([<{&\\\\]|--)${WORD_JOINER}`, 'g'), '$1'));
}

/** @param rows as they stand in the file */
export function vttText(rows: readonly string[]): string {
  return rowsOf(withoutEntities(rows.join('\n').replaceAll(VTT_TAG, '')));
}

function withoutEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    const isCharacter = code >= 32 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}

function rowsOf(text: string): string {
  const rows = text.split('\n').map((row) => row.replaceAll(/\s+/g, ' ').trim());
  return rows.filter((row) => row !== '').join('\n');
}
