import { wrapRows } from '../subtitles/wrap-rows.ts';
import { stackRows } from './stack-rows.ts';
import { fontRuns, type InstalledFont } from './subtitle-fonts.ts';
import type { FrameSize } from './compose-request.ts';
import type { SubtitleLook } from './subtitle-style.ts';

/** What is drawn between two moments. Seconds; in two languages two texts, the first above the second. Lines may overlap. */
export type DrawnLine = { readonly from: number; readonly to: number; readonly texts: readonly string[] };

export type AssRequest = {
  /** In order of `from`. */
  readonly lines: readonly DrawnLine[];
  readonly look: SubtitleLook;
  /** Of the picture that is drawn on. */
  readonly size: FrameSize;
  /** Of each text, BCP 47; for where rows may end. */
  readonly languages?: readonly (string | undefined)[];
  readonly font?: InstalledFont;
};

/** Of the font size: a Chinese character is as wide as it is high, other letters are half of that and a little more. */
const COLUMN = { wide: 0.5, other: 0.54 };
/** Of the font size. */
const ROW_HEIGHT = 1.45;
const WORD_JOINER = '\u2060';

/** Seconds by which a line may reach into the next one for want of care: it ends there. */
const CARELESS = 0.1;

/** Subtitles for libass. Nothing that a text says is taken for an instruction. */
export function assFile({ lines, look, size, languages = [], font }: AssRequest): string {
  const blocks = lines.flatMap(({ from, to, texts }, at) => {
    const rows = texts.flatMap((text, index) => wrapRows(plain(text), languages[index], columnsOf(text, look)));
    const next = lines[at + 1]?.from ?? Infinity;
    const isCareless = next > from && to - next < CARELESS;
    const [begin, end] = [centiseconds(from), centiseconds(isCareless ? Math.min(to, next) : to)];
    if (rows.length === 0 || end <= begin) return [];
    return [{ from: begin, to: end, rows, ...placeOf(rows.length, look, size) }];
  });
  const tops = stackRows(blocks, look.anchor <= 6 ? 'up' : 'down', size.height);
  const events = blocks.map(({ from, to, rows, top, anchorAt }, index) => {
    const y = (tops[index] ?? top) + anchorAt;
    const drawn = rows.map((row) => drawnRow(row, look, font)).join('\\N');
    const position = `{\\an${look.anchor}\\pos(${decimal(look.x)},${decimal(y)})}`;
    return `Dialogue: 0,${clock(from)},${clock(to)},Line,,0,0,0,,${position}${drawn}`;
  });
  return `${header(look, size)}${events.join('\n')}\n`;
}

function header(
  { fontSize, fontColor, outlineColor, outline, anchor, rowWidth, ...look }: SubtitleLook,
  size: FrameSize,
): string {
  // One box behind all rows: the box of the usual style 3 is another one for each font.
  const [border, shadow] = look.borderStyle === 3 ? ['4', decimal(outline)] : ['1', '0'];
  const margin = Math.max(0, Math.floor((size.width - rowWidth) / 2));
  // The last value has libass find out for each text whether it runs from right to left.
  const style = ['Line', 'Noto Sans', decimal(fontSize), fontColor, fontColor, outlineColor, outlineColor]
    .concat(['0', '0', '0', '0', '100', '100', '0', '0', border, decimal(outline), shadow])
    .concat([String(anchor), String(margin), String(margin), '0', '-1'])
    .join(',');
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${size.width}`,
    `PlayResY: ${size.height}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
      'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
      'MarginR, MarginV, Encoding',
    `Style: ${style}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    '',
  ].join('\n');
}

/** Where the style has it, but whole: a text of many rows is moved back into the picture. */
function placeOf(
  rows: number,
  { anchor, y, fontSize }: SubtitleLook,
  size: FrameSize,
): { readonly top: number; readonly height: number; readonly anchorAt: number } {
  const height = rows * fontSize * ROW_HEIGHT;
  const anchorAt = anchor <= 3 ? height : anchor <= 6 ? height / 2 : 0;
  return { top: Math.max(0, Math.min(y - anchorAt, size.height - height)), height, anchorAt };
}

function columnsOf(text: string, { rowWidth, fontSize }: SubtitleLook): number {
  const isWide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
  return Math.max(4, Math.floor(rowWidth / (fontSize * (isWide ? COLUMN.wide : COLUMN.other))));
}

/** The size of each font is given so that letters of all of them come out alike. */
function drawnRow(row: string, { fontSize }: SubtitleLook, font: InstalledFont | undefined): string {
  return fontRuns(row, font)
    .map(({ font: { family, height }, text }) => `{\\fn${family}\\fs${decimal(fontSize * height)}}${escaped(text)}`)
    .join('');
}

/** Without what ends a row for programs and not for people. */
function plain(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}]/gu, ' ').replaceAll(/[\u00ad\u2060\ufeff]/g, '');
}

/** A word joiner, which nobody sees, keeps a backslash from making one of the letter behind it. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', `\\${WORD_JOINER}`)
    .replaceAll('{', String.raw`\{`)
    .replaceAll('}', String.raw`\}`);
}

function centiseconds(seconds: number): number {
  return Math.max(0, Math.round(seconds * 100));
}

/** `H:MM:SS.cc` */
function clock(total: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(total / 360_000)}:${two((total / 6000) % 60)}:${two((total / 100) % 60)}.${two(total % 100)}`;
}

function decimal(value: number): string {
  return String(Math.round(value * 100) / 100);
}
