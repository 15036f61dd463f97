import { MOST_CUES, type BrokenSubtitles, type ReadCue, type ReadSubtitles } from './read-subtitles.ts';
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
    cues.push({ from: times.from, to: times.to, text: srtText(rows.slice(row + 1, last)), line: row + 1 });
  }
  const [first = 0] = starts;
  const above = rows.slice(0, endOfText(rows, first, -1)).filter((row) => row !== '');
  const stray = cues.length > 0 && above.length > 0;
  return { kind: 'read', cues, notes: stray ? [`Lines above the first cue are left out: ${above.length}.`] : [] };
}

/** Rows that have times, or were meant to. */
function timeRows(rows: readonly string[]): number[] {
  return rows.flatMap((row, index) => (looksLikeTimes(row) || isBrokenTimes(rows, index) ? [index] : []));
}

/** Behind a number that stands alone, a line with an arrow, or one that begins like a time, can be nothing else. */
function isBrokenTimes(rows: readonly string[], index: number): boolean {
  const begins = rows[index]?.includes('-->') === true || /^\s*\d{1,3}:\d{1,2}:\d{1,2}/.test(rows[index] ?? '');
  return begins && isNumber(rows[index - 1]) && (index < 2 || rows[index - 2] === '');
}

/** Without the number of the next cue, and without the empty lines in front of it. */
function endOfText(rows: readonly string[], next: number, row: number): number {
  const above = next - 1;
  if (!isNumber(rows[above]) || above <= row) return next;
  // Directly behind text a number may belong to it; not so where it counts on from the number of this cue.
  const counted = Number(rows[above]) === Number(rows[row - 1]) + 1;
  return rows[above - 1] === '' || above - 1 <= row || counted ? above : next;
}

function isNumber(row: string | undefined): boolean {
  return /^\s*\d{1,6}$/.test(row ?? '');
}
