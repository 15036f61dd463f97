import { across, areaAround, areaOverlap, commonLength } from './area-overlap.ts';
import type { BurnedLine } from './burned-line.ts';
import { SAMPLE_RATE } from './scan-plan.ts';
import { bareText, resembles } from './text-similarity.ts';
import { TimeIndex } from './time-index.ts';

/** Seconds. A text that is gone for less (a flash, the seam of two scans) is the same one. */
const GAP = 0.6;
/** Two readings of one text differ by a letter or two. */
const SAME = 0.75;
const SAME_PLACE = 0.5;
/** Seconds. Two rows of one subtitle come and go together, to a sample. */
const TOGETHER = 1.5 / SAMPLE_RATE;
/** Heights of the lower row between two rows, at most. */
const ROW_GAP = 1;

/**
 * One line for each text, from all that was read. The same pixels may have been sighted more than once (with a text's
 * fading, with its background), and a text may have been interrupted.
 */
export function mergeLines(read: readonly BurnedLine[]): BurnedLine[] {
  const joined = joinInterrupted(bestReadings(read));
  return joinRows(joined).toSorted((a, b) => a.from - b.from || a.area.y - b.area.y);
}

/** Where two stand on the same place at the same time, the one that is believed more for longer and says more. */
function bestReadings(read: readonly BurnedLine[]): BurnedLine[] {
  const kept: BurnedLine[] = [];
  const index = new TimeIndex();
  const weighed = read.map((line) => ({ line, weight: weight(line) }));
  for (const { line } of weighed.toSorted((a, b) => b.weight - a.weight)) {
    const taken = index.near(line).some((number) => {
      const other = kept[number];
      if (other === undefined || commonLength(line, other) <= (line.to - line.from) / 2) return false;
      return areaOverlap(line.area, other.area) > SAME_PLACE;
    });
    if (!taken) index.add(kept.push(line) - 1, line);
  }
  return kept;
}

function weight({ confidence, text, from, to }: BurnedLine): number {
  return confidence ** 2 * bareText(text).length * Math.sqrt(to - from);
}

function joinInterrupted(lines: readonly BurnedLine[]): BurnedLine[] {
  const ended: BurnedLine[] = [];
  // What a line may go on with.
  let open: BurnedLine[] = [];
  for (const line of lines.toSorted((a, b) => a.from - b.from)) {
    ended.push(...open.filter((earlier) => !isNear(earlier, line)));
    open = open.filter((earlier) => isNear(earlier, line));
    const index = open.findLastIndex((earlier) => goesOn(earlier, line));
    const earlier = open[index];
    if (earlier === undefined) open.push(line);
    else open[index] = together(earlier, line);
  }
  return [...ended, ...open];
}

function isNear(earlier: BurnedLine, line: BurnedLine): boolean {
  return line.from - earlier.to <= GAP;
}

function goesOn(earlier: BurnedLine, line: BurnedLine): boolean {
  return areaOverlap(earlier.area, line.area) > SAME_PLACE && resembles(earlier.text, line.text, SAME);
}

/** The better reading, for as long as either stood. */
function together(a: BurnedLine, b: BurnedLine): BurnedLine {
  const better = weight(a) >= weight(b) ? a : b;
  return { ...better, from: Math.min(a.from, b.from), to: Math.max(a.to, b.to), area: areaAround(a.area, b.area) };
}

/** Rows that are too far apart to have been taken for one block. */
function joinRows(lines: readonly BurnedLine[]): BurnedLine[] {
  const joined: BurnedLine[] = [];
  const begins = new TimeIndex();
  for (const line of lines.toSorted((a, b) => a.area.y - b.area.y)) {
    const number = begins
      .near({ from: line.from - TOGETHER, to: line.from + TOGETHER })
      .find((candidate) => isRowBelow(joined[candidate] ?? line, line));
    const upper = number === undefined ? undefined : joined[number];
    if (number === undefined || upper === undefined) {
      begins.add(joined.push(line) - 1, { from: line.from, to: line.from });
    } else {
      const confidence = Math.min(upper.confidence, line.confidence);
      const area = areaAround(upper.area, line.area);
      joined[number] = { ...upper, text: `${upper.text}\n${line.text}`, area, confidence };
    }
  }
  return joined;
}

function isRowBelow(upper: BurnedLine, lower: BurnedLine): boolean {
  const gap = lower.area.y - (upper.area.y + upper.area.height);
  const shared = commonLength(across(upper.area), across(lower.area));
  return (
    Math.abs(upper.from - lower.from) <= TOGETHER &&
    Math.abs(upper.to - lower.to) <= TOGETHER &&
    gap < ROW_GAP * lower.area.height &&
    shared > 0.5 * Math.min(upper.area.width, lower.area.width)
  );
}
