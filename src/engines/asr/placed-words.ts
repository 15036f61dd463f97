import type { SpeechSegment } from '../vad/speech-segments.ts';

/** A piece of text with the times that a server gave it, in seconds of what was sent, if any. */
export type RoughlyTimed = {
  readonly text: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
};

/**
 * Gives every piece times that can be: inside what was sent, in order, none reaching into the next. Servers answer
 * times behind the end, none at all for some words, single ones that jump. Most are right, so the longest run that
 * rises is believed, and the others get their places between it, by the length of their texts.
 * @param pieces in the order of the text
 * @param sent the stretch of the recording that was sent; the times come out as the recording's
 */
export function placeInTime<Piece extends RoughlyTimed>(
  pieces: readonly Piece[],
  sent: SpeechSegment,
): (Piece & SpeechSegment)[] {
  const length = sent.to - sent.from;
  const believed = longestRise(pieces.map(({ start }) => (isTime(start, length) ? start : undefined)));
  const placed: (Piece & SpeechSegment)[] = [];
  let at = 0;
  while (at < pieces.length) {
    const piece = pieces[at];
    if (piece === undefined) break;
    if (believed.has(at)) {
      const from = sent.from + Math.min(piece.start ?? 0, length);
      placed.push({ ...piece, from, to: endOf(piece, from, sent) });
      at += 1;
      continue;
    }
    const next = nextOf(believed, at, pieces.length);
    const end = next < pieces.length ? sent.from + Math.min(pieces[next]?.start ?? length, length) : sent.to;
    const begin = Math.min(placed.at(-1)?.to ?? sent.from, end);
    placed.push(...spreadBetween(pieces.slice(at, next), begin, end));
    at = next;
  }
  return placed.map((piece, index) =>
    Object.assign(piece, { to: Math.min(piece.to, placed[index + 1]?.from ?? piece.to) }),
  );
}

/** Behind the end by more than this many seconds, a time is not imprecise but wrong. */
const SLACK = 30;

function isTime(start: number | undefined, length: number): start is number {
  return start !== undefined && start >= 0 && start <= length + SLACK;
}

function endOf({ end, start }: RoughlyTimed, from: number, sent: SpeechSegment): number {
  const to = end === undefined || end < (start ?? 0) ? from : sent.from + end;
  return Math.min(Math.max(from, to), sent.to);
}

function nextOf(believed: ReadonlySet<number>, from: number, length: number): number {
  let next = from;
  while (next < length && !believed.has(next)) next += 1;
  return next;
}

function spreadBetween<Piece extends RoughlyTimed>(
  pieces: readonly Piece[],
  begin: number,
  end: number,
): (Piece & SpeechSegment)[] {
  const letters = pieces.reduce((sum, { text }) => sum + text.length, 0) || 1;
  let passed = 0;
  const now = (): number => Math.min(end, begin + ((end - begin) * passed) / letters);
  return pieces.map((piece) => {
    const from = now();
    passed += piece.text.length;
    return { ...piece, from, to: now() };
  });
}

/** The indexes of the longest subsequence that never falls, by patience sorting; undefined counts as not there. */
function longestRise(values: readonly (number | undefined)[]): ReadonlySet<number> {
  /** By length: the index with the smallest last value of all rises that long. */
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    const place = countNotAbove(tails, value, values);
    before.set(index, tails[place - 1]);
    tails[place] = index;
  }
  const rise = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = before.get(index)) rise.add(index);
  return rise;
}

/** How many of the indexes, whose values never fall, have a value up to this one: by halving. */
function countNotAbove(indexes: readonly number[], value: number, values: readonly (number | undefined)[]): number {
  let [low, high] = [0, indexes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[indexes[middle] ?? 0] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
