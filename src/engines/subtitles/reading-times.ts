import { columnsOf } from './columns.ts';

type Line = { readonly from: number; readonly to: number; readonly text: string };

/**
 * Columns that a reader takes in a second: 17 Latin letters, or 9 Chinese characters, which say more each.
 * Broadcasters allow 17 to 20, and 9 to 11.
 */
const PACE = { latin: 17, cjk: 18 };
/** Seconds. */
const SHORTEST = 1;
/** Seconds between lines: without them nobody sees that the text has changed. */
const GAP = 0.08;
/** Seconds. What stands for less is not seen at all. */
const LEAST = 0.05;

/**
 * How long lines stand: as long as they are said, and longer where they take longer to read and nothing follows at
 * once. None begins before the one in front of it has ended.
 * @param lines as they are said, in order; their times may overlap
 * @returns seconds to the millisecond; `spokenTo` is when the line has been said, and no later than `to`
 */
export function readingTimes<Shown extends Line>(
  lines: readonly Shown[],
): (Shown & { readonly spokenTo: number })[] {
  const shown: (Shown & { readonly spokenTo: number })[] = [];
  let free = 0;
  for (const [index, line] of lines.entries()) {
    const from = milliseconds(Math.max(line.from, free));
    const next = lines[index + 1]?.from ?? Infinity;
    const latest = Math.max(next - GAP, from + LEAST);
    const wished = Math.max(line.to, from + SHORTEST, from + readingSeconds(line.text));
    const to = milliseconds(Math.min(wished, latest));
    shown.push({ ...line, from, to, spokenTo: Math.min(Math.max(milliseconds(line.to), from), to) });
    free = to;
  }
  return shown;
}

/** Seconds that it takes to read. */
export function readingSeconds(text: string): number {
  const columns = columnsOf(text);
  const pace = columns > 1.5 * Array.from(text).length ? PACE.cjk : PACE.latin;
  return columns / pace;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
