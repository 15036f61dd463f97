/** A stretch of time, in seconds or in frames; `to` is greater than `from`. */
export type Stretch = { readonly from: number; readonly to: number };

export type DuckRequest = {
  /** Where somebody speaks in the original. In order, not overlapping. */
  readonly speech: readonly Stretch[];
  /** The lines of the source that are spoken anew. */
  readonly replaced: readonly Stretch[];
  /** The lines that keep their original sound. */
  readonly kept: readonly Stretch[];
  /** Where the dub is heard. */
  readonly dub: readonly Stretch[];
  /** What is said outside of the replaced lines is left as it is, to the moment. */
  readonly bound: boolean;
};

/** Seconds. A shorter pause is not worth going up and down for: the background would be heard to pump. */
const SHORTEST_PAUSE = 0.5;

/**
 * Where the original has to be quiet: under the dub, and where the voice speaks that the dub replaces. Speech without
 * a line is left alone, since nothing is said in its place: a crowd, a laugh, a song that nobody wrote down.
 * @returns seconds, in order, with pauses that a ramp fits into
 */
export function duckTimes({ speech, replaced, kept, dub, bound }: DuckRequest): Stretch[] {
  const replacedIn = overlaps(speech, replaced);
  const own = bound ? replacedIn.flat() : speech.filter((_, index) => (replacedIn[index] ?? []).length > 0);
  const keptIn = overlaps(own, kept);
  const voices = own.flatMap((segment, index) => without(segment, keptIn[index] ?? []));
  return united([...voices, ...dub], SHORTEST_PAUSE);
}

/**
 * What each of the segments has in common with the others. Once through both: there may be twenty thousand of each.
 * @param segments in order, not overlapping
 */
function overlaps(segments: readonly Stretch[], others: readonly Stretch[]): Stretch[][] {
  const sorted = united(others, 0);
  let next = 0;
  return segments.map((segment) => {
    while ((sorted[next]?.to ?? Infinity) <= segment.from) next += 1;
    const shared: Stretch[] = [];
    for (let at = next; (sorted[at]?.from ?? Infinity) < segment.to; at += 1) {
      const { from, to } = sorted[at] ?? segment;
      shared.push({ from: Math.max(from, segment.from), to: Math.min(to, segment.to) });
    }
    return shared;
  });
}

/** @param holes within the segment, in order, not overlapping */
function without(segment: Stretch, holes: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let { from } = segment;
  for (const hole of holes) {
    if (hole.from > from) left.push({ from, to: hole.from });
    from = hole.to;
  }
  if (segment.to > from) left.push({ from, to: segment.to });
  return left;
}

/** In order, and those together that are less than the pause apart. */
function united(stretches: readonly Stretch[], pause: number): Stretch[] {
  const out: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last !== undefined && from - last.to < pause) {
      out.splice(-1, 1, { from: last.from, to: Math.max(last.to, to) });
    } else if (to > from) out.push({ from, to });
  }
  return out;
}
