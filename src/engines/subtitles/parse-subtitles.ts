import { looksBinary } from '../decode-text.ts';
import { readSrt } from './read-srt.ts';
import { readVtt } from './read-vtt.ts';
import { decodedSubtitles } from './subtitle-encoding.ts';
import { MOST_CUES, type ReadSubtitles } from './read-subtitles.ts';
import type { SubtitleLine } from './subtitle-line.ts';

export type SubtitleFormat = 'srt' | 'vtt';

export type ParsedSubtitles =
  | {
      readonly kind: 'parsed';
      readonly format: SubtitleFormat;
      /** In the order of time; at least one. Lines may overlap. */
      readonly lines: readonly SubtitleLine[];
      /** Of each of them, where its times stand in the file: rows, counted from 1. */
      readonly rows: readonly number[];
      /** What is unusual about the file, a sentence each. */
      readonly notes: readonly string[];
    }
  /** `line` counts from 1. `message`: a sentence, for the caller, without the number of the line. */
  | { readonly kind: 'broken'; readonly line: number; readonly message: string };

const MIB = 1024 * 1024;
const LARGEST = 10 * MIB;
const MOST_ROWS = 20 * MOST_CUES;
/** Of one cue: two minutes of fast speech. Nobody reads as much at once; a line that is translated is never longer. */
const MOST_CHARACTERS = 2000;

/**
 * Reads a subtitle file as players do, but says where it is broken.
 * @param file its bytes, in UTF-8, UTF-16, GB18030 or Windows-1252; or its text
 * @param format 'auto': by what the file says of itself; a WebVTT file is one whatever its name says
 */
export function parseSubtitles(
  file: Uint8Array | string,
  format: SubtitleFormat | 'auto' = 'auto',
): ParsedSubtitles {
  if (file.length > LARGEST) return broken(1, `The file has more than ${LARGEST / MIB} MiB.`);
  const decoded =
    typeof file === 'string' ? { text: file.replace(/^\ufeff/, ''), notes: [] } : decodedSubtitles(file);
  if (decoded === undefined || looksBinary(decoded.text)) {
    return broken(1, 'The file is not a text in UTF-8, UTF-16, GB18030 or Windows-1252.');
  }
  // `\r\r\n` is what a program makes of `\r\n` that takes it for two characters of its own.
  const rows = decoded.text.split(/\r{1,2}\n|[\n\r]/, MOST_ROWS + 1).map((row) => row.trimEnd());
  if (rows.length > MOST_ROWS) return broken(rows.length, `There are more than ${MOST_ROWS} lines.`);
  const isVtt = /^WEBVTT(?:\s|$)/.test(rows[0] ?? '');
  if (format === 'vtt' && !isVtt) return broken(1, 'A WebVTT file begins with the line WEBVTT.');
  const read = isVtt ? readVtt(rows) : readSrt(rows);
  if (read.kind === 'broken') return read;
  return checked(read, isVtt ? 'vtt' : 'srt', decoded.notes);
}

function checked(read: ReadSubtitles, format: SubtitleFormat, notes: readonly string[]): ParsedSubtitles {
  const tooMany = read.cues[MOST_CUES];
  if (tooMany !== undefined) return broken(tooMany.line, `There are more than ${MOST_CUES} cues.`);
  if (read.cues.length === 0) {
    const form = format === 'vtt' ? '' : ' A cue is a line 00:00:01,000 --> 00:00:02,500, and its text below.';
    return broken(1, `There is no cue in the file.${form}`);
  }
  const tooLong = read.cues.find(({ text }) => text.length > MOST_CHARACTERS);
  if (tooLong !== undefined) return broken(tooLong.line, `The cue has more than ${MOST_CHARACTERS} characters.`);
  const shown = read.cues.filter(({ from, to, text }) => to > from && text !== '');
  if (shown.length === 0) return broken(read.cues[0]?.line ?? 1, 'No cue of the file has a text and a duration.');
  const sorted = shown.toSorted((a, b) => a.from - b.from);
  const lines = sorted.map(({ from, to, text }) => ({ from, to, text }));
  const rows = sorted.map(({ line }) => line);
  return { kind: 'parsed', format, lines, rows, notes: [...notes, ...read.notes, ...remarks(read, lines)] };
}

function remarks({ cues }: ReadSubtitles, lines: readonly SubtitleLine[]): string[] {
  const empty = cues.filter(({ text }) => text === '').length;
  const short = cues.filter(({ text, from, to }) => text !== '' && to === from).length;
  const unordered = cues.filter(({ from }, index) => from < (cues[index - 1]?.from ?? 0)).length;
  const overlapping = lines.filter(({ from }, index) => from < (lines[index - 1]?.to ?? 0)).length;
  return [
    ...(empty > 0 ? [`Cues without a text are left out: ${empty}.`] : []),
    ...(short > 0 ? [`Cues that end when they begin are left out: ${short}.`] : []),
    ...(unordered > 0 ? [`Cues that begin before the one above them are put in order: ${unordered}.`] : []),
    ...(overlapping > 0 ? [`Cues that begin before the one before them ends: ${overlapping}.`] : []),
  ];
}

function broken(line: number, message: string): ParsedSubtitles {
  return { kind: 'broken', line, message };
}
