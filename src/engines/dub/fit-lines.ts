/** A line that is to be spoken, in the order in which the lines are said. Seconds of the recording. */
export type FitLine = {
  /** When it is said in the source; none begins before the line before it. */
  readonly from: number;
  readonly to: number;
  /** How long the dub takes at normal speed. Undefined: the line keeps its original sound. */
  readonly seconds: number | undefined;
};

export type FitRules = {
  /** Seconds of the whole recording: nothing is spoken behind it. */
  readonly total: number;
  /** The times of the subtitles bind: a line is not to begin before its own, nor to use the silence behind it. */
  readonly bound: boolean;
};

/** Where a line is spoken, and how. */
export type Placement = {
  /** Which line. */
  readonly index: number;
  /** Seconds of the recording at which its first sound is heard. */
  readonly start: number;
  /** 1 to 1.25. */
  readonly tempo: number;
  /** What is heard of it, at this tempo. */
  readonly seconds: number;
  /** Seconds by which it is longer than its room, at this tempo: borrowed from the lines behind it, or cut. */
  readonly overflow: number;
  /** Seconds of it, of those of `overflow`, that are not heard: it is faded out. 0 unless nothing else helps. */
  readonly cut: number;
};

/** A line that does not fit at any tempo, and how long it may be at normal speed to fit. */
export type TooLong = { readonly index: number; readonly seconds: number };

/** Faster speech is heard as hurried. */
export const FASTEST = 1.25;
/** A tempo that is nearer to 1 is set to this: what shapes the sound takes smaller changes for none. */
const SLIGHTEST = 1.02;
/** Seconds of silence between two lines. */
const GAP = 0.08;
/** Seconds by which a line may begin late, or early, before it is seen that lips and voice are apart. */
const UNSEEN = 0.2;
/** Seconds. A line that would begin later than this makes the lines before it end early. */
const LATEST = 2;
/** Of a line, at most this part is cut off: two people who speak at once are heard one after the other. */
const MOST_CUT = 0.5;
/** Seconds: rounding of floating point. */
const TINY = 1e-6;

/**
 * Puts the dubbed lines into the time of the recording, without two at a time. A line takes the silence behind it
 * first, then it is spoken faster, up to 1.25 times. What is then still too long takes from its neighbours: the next
 * lines begin late, by up to 0.2 seconds; where that is not enough, it begins up to 0.2 seconds early, as far as there
 * is silence; then the next lines begin later still, by up to 2 seconds, and the next silences bring them back. What
 * is later than that, or behind the end of the recording, is faded out.
 *
 * The same lines give the same placements always.
 */
export function fitLines(lines: readonly FitLine[], rules: FitRules): Placement[] {
  const wished = wishedStarts(lines, rules);
  const placements: Placement[] = [];
  let free = 0;
  for (const [index, line] of lines.entries()) {
    if (line.seconds === undefined) continue;
    const start = Math.min(Math.max(wished[index] ?? line.from, free), rules.total);
    const next = nextSpoken(lines, index);
    const wanted = roomEnd(lines, index, rules, (other) => wished[other] ?? 0);
    const latest =
      next === undefined ? rules.total : Math.min(rules.total, (lines[next]?.from ?? 0) + LATEST - GAP);
    const placement = place(index, line.seconds, { start, wanted, latest: Math.max(start, latest), rules });
    const own = roomEnd(lines, index, rules, (other) => lines[other]?.from ?? 0);
    const whole = line.seconds / placement.tempo;
    placements.push({ ...placement, overflow: rounded(Math.max(0, start + whole - Math.max(start, own))) });
    free = start + placement.seconds + GAP;
  }
  return placements;
}

/** The lines for which neither the silence behind them nor the tempo is enough: shorter ones are worth asking for. */
export function linesTooLong(lines: readonly FitLine[], rules: FitRules): TooLong[] {
  return lines.flatMap(({ from, seconds }, index) => {
    const room = roomEnd(lines, index, rules, (other) => lines[other]?.from ?? 0) - from;
    const most = Math.max(0, room) * FASTEST;
    return seconds === undefined || seconds <= most + TINY ? [] : [{ index, seconds: most }];
  });
}

type Place = {
  readonly start: number;
  /** When it should be over, at the best. */
  readonly wanted: number;
  /** When it has to be over. */
  readonly latest: number;
  readonly rules: FitRules;
};

function place(
  index: number,
  natural: number,
  { start, wanted, latest, rules }: Place,
): Omit<Placement, 'overflow'> {
  const room = wanted - start;
  const needed = room <= 0 ? FASTEST : natural / room;
  const tempo = needed <= 1 + TINY ? 1 : Math.min(FASTEST, Math.max(SLIGHTEST, needed));
  const whole = natural / tempo;
  const least = Math.min(whole * (1 - MOST_CUT), rules.total - start);
  const seconds = Math.max(0, Math.min(whole, Math.max(latest - start, least)));
  const cut = whole - seconds;
  return { index, start, tempo, seconds, cut: cut <= TINY ? 0 : cut };
}

/**
 * When each line begins at the best: with its source, or earlier where the lines behind it would else be later than
 * is unseen. It is found from the last line back to the first.
 */
function wishedStarts(lines: readonly FitLine[], { total, bound }: FitRules): number[] {
  const wished: number[] = [];
  let latestEnd = total;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line === undefined) continue;
    if (line.seconds === undefined) {
      wished[index] = line.from;
      continue;
    }
    const latest = Math.min(line.from + UNSEEN, latestEnd - line.seconds / FASTEST);
    const earliest = Math.max(0, line.from - (bound ? 0 : UNSEEN));
    const start = Math.max(earliest, latest);
    wished[index] = Math.min(line.from, start);
    latestEnd = start - GAP;
  }
  return wished;
}

/** Where the room of a line ends: a little before the next line, spoken here or heard from the original. */
function roomEnd(
  lines: readonly FitLine[],
  index: number,
  { total, bound }: FitRules,
  startOf: (index: number) => number,
): number {
  const next = index + 1 < lines.length ? startOf(index + 1) - GAP : total;
  return Math.min(next, total, bound ? (lines[index]?.to ?? total) : total);
}

function nextSpoken(lines: readonly FitLine[], index: number): number | undefined {
  for (let at = index + 1; at < lines.length; at += 1) {
    if (lines[at]?.seconds !== undefined) return at;
  }
  return undefined;
}

function rounded(seconds: number): number {
  return seconds <= TINY ? 0 : seconds;
}
