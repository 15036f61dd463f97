import { MOST_CUES, refuseRows, type BrokenSubtitles, type ReadCue, type ReadSubtitles } from './read-subtitles.ts';
import { srtText } from './subtitle-text.ts';
import { cueTimes, looksLikeTimes } from './subtitle-time.ts';

/**
 * SubRip as people have it: numbers of cues may be missing or wrong, and empty lines may stand inside of a text. Only
 * lines with times are trusted; what stands between two of them is the text of the first, but for a number at its end.
 */
export function readSrt(rows: readonly string[]): ReadSubtitles | BrokenSubtitles {
  const cues: ReadCue[] = [];
  const starts = timeRows(rows);
  for (const [index, row] of starts.entries()) {
    if (cues.length > MOST_CUES) break;
    const times = cueTimes(rows[row] ?? '');
    if (times.kind === 'wrong') return { kind: 'broken', line: row + 1, message: times.message };
    const next = starts[index + 1];
    const last = next === undefined ? rows.length : endOfText(rows, next, row);
    const text = rows.slice(row + 1, last);
    const refusal = refuseRows(text, row + 1);
    if (refusal !== undefined) return refusal;
    cues.push({ from: times.from, to: times.to, text: srtText(text), line: row + 1 });
  }
  const [first = 0] = starts;
  const above = rows.slice(0, endOfText(rows, first, -1)).filter((row) => row !== '');
  const stray = cues.length > 0 && above.length > 0;
  return { kind: 'read', cues, notes: stray ? [`Lines above the first cue are left out: ${above.length}.`] : [] };
}

/** Rows that have times, or were meant to. */
function timeRows(rows: readonly string[]): number[] {
  return rows.flatMap((row, index) => (isTimes(rows, index, row) || isBrokenTimes(rows, index) ? [index] : []));
}

/** What may as well be text has times only where a cue begins. */
function isTimes(rows: readonly string[], index: number, row: string): boolean {
  const looks = looksLikeTimes(row);
  if (looks !== 'perhaps') return looks;
  return isEmpty(rows[index - 1]) || isNumber(rows[index - 1]);
}

/** Where a cue begins, a line with an arrow, or one that begins like a time, can be nothing else. */
function isBrokenTimes(rows: readonly string[], index: number): boolean {
  const row = rows[index] ?? '';
  const isNumbered = isNumber(rows[index - 1]) && isEmpty(rows[index - 2]);
  if (isNumbered) return row.includes('-->') || /^\s*\d{1,3}:\d{1,2}:\d{1,2}/.test(row);
  return isEmpty(rows[index - 1]) && /^\s*(?:-?\d.*)?-->/.test(row);
}

/** Without the number of the next cue, and without the empty lines in front of it. */
function endOfText(rows: readonly string[], next: number, row: number): number {
  const above = lastFilled(rows, next - 1, row);
  if (!isNumber(rows[above]) || above <= row) return next;
  const counted = Number(rows[above]) === numberOf(rows, row) + 1;
  const isApart = isEmpty(rows[above - 1]) || above - 1 <= row;
  // Where all lines have an empty one between them, the times are not directly below their number.
  if (above < next - 1) return isEmpty(rows[above - 1]) && (counted || row < 0) ? above : next;
  // Directly behind text a number may belong to it; not so where it counts on from the number of this cue.
  return isApart || counted ? above : next;
}

/** Of the cue with times in this row; NaN where it has none. */
function numberOf(rows: readonly string[], row: number): number {
  const above = rows[lastFilled(rows, row - 1, -1)];
  return isNumber(above) ? Number(above) : Number.NaN;
}

/** The last row that is not empty, from one of them up to another; that other where all are empty. */
function lastFilled(rows: readonly string[], from: number, end: number): number {
  let row = from;
  while (row > end && rows[row] === '') row -= 1;
  return Math.max(row, end);
}

function isEmpty(row: string | undefined): boolean {
  return row === undefined || row === '';
}

function isNumber(row: string | undefined): boolean {
  return /^\s*\d{1,6}$/.test(row ?? '');
}
