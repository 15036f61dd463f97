import { readsFromRight } from './chart-language.ts';

/** The width of a text in a font (as CSS writes it), in pixels. */
export type Measure = (text: string, font: string) => number;

export type TextLook = { readonly weight: number; readonly families: string };

export type FittedText = { readonly lines: readonly string[]; readonly size: number; readonly font: string };

export type TextRoom = {
  readonly width: number;
  readonly lines: number;
  /** Pixels: the size wished for, and the smallest that it may be shrunk to. */
  readonly size: number;
  readonly least: number;
};

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });
/** Nothing longer is measured whole: ten thousand characters do not fit anywhere. */
const LONGEST = 600;

export function fontOf({ weight, families }: TextLook, size: number): string {
  return `${weight} ${size}px ${families}`;
}

/** Control characters, line breaks and direction overrides have no place in a line of a chart. */
export function cleanText(text: string): string {
  return directed(bareText(text), text);
}

/**
 * Lines are drawn from left to right: marks, numbers and the … of one that begins on the right would stand at its wrong
 * end. In an isolate it has its own direction.
 */
function directed(line: string, text: string): string {
  return line !== '' && readsFromRight(text) ? `\u2067${line}\u2069` : line;
}

function bareText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}

/** The text, cut behind a whole character and ended with … where it is wider than the room. */
export function ellipsized(text: string, width: number, font: string, measure: Measure): string {
  const short = text.slice(0, LONGEST);
  if (short.length === text.length && measure(text, font) <= width) return text;
  const parts = [...graphemes.segment(short)].map(({ segment }) => segment);
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${parts.slice(0, middle).join('').trimEnd()}…`, font) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${parts.slice(0, low).join('').trimEnd()}…`;
}

/** Fits a text into lines: wished size, then smaller ones, then what fits of it at the least size. */
export function fitText(text: string, look: TextLook, room: TextRoom, measure: Measure): FittedText {
  const clean = bareText(text).slice(0, LONGEST);
  const done = (lines: readonly string[]): string[] => lines.map((line) => directed(line, clean));
  for (let size = room.size; size >= room.least; size = Math.floor(size * 0.92)) {
    const font = fontOf(look, size);
    const lines = wrapped(clean, room.width, font, measure);
    if (lines.length <= room.lines && lines.every((line) => measure(line, font) <= room.width)) {
      return { lines: done(lines), size, font };
    }
  }
  const size = Math.max(1, Math.floor(Math.min(room.size, room.least)));
  const font = fontOf(look, size);
  const lines = wrapped(clean, room.width, font, measure);
  const kept = lines.slice(0, room.lines - 1);
  const rest = lines.slice(room.lines - 1).join(' ');
  const cut = done([...kept, rest]).map((line) => ellipsized(line, room.width, font, measure));
  return { lines: cut, size, font };
}

/** Breaks where words end (Chinese and Japanese: between words too), never a mark onto the next line. */
function wrapped(text: string, width: number, font: string, measure: Measure): string[] {
  if (measure(text, font) <= width) return [text];
  const pieces: string[] = [];
  for (const { segment, isWordLike } of words.segment(text)) {
    const last = pieces.at(-1);
    if (isWordLike === true || last === undefined) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && measure((line + piece).trimEnd(), font) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()];
}
