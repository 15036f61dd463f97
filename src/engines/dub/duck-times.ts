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
  const own = bound
    ? speech.flatMap((segment) => overlaps(segment, replaced))
    : speech.filter((segment) => overlaps(segment, replaced).length > 0);
  const voices = own.flatMap((segment) => without(segment, kept));
  return merged([...voices, ...dub]);
}

function overlaps(segment: Stretch, others: readonly Stretch[]): Stretch[] {
  return others
    .map(({ from, to }) => ({ from: Math.max(from, segment.from), to: Math.min(to, segment.to) }))
    .filter(({ from, to }) => to > from);
}

function without(segment: Stretch, others: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let { from } = segment;
  for (const hole of overlaps(segment, others).toSorted((a, b) => a.from - b.from)) {
    if (hole.from > from) left.push({ from, to: hole.from });
    from = Math.max(from, hole.to);
  }
  if (segment.to > from) left.push({ from, to: segment.to });
  return left;
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last !== undefined && from - last.to < SHORTEST_PAUSE) {
      out.splice(-1, 1, { from: last.from, to: Math.max(last.to, to) });
    } else if (to > from) out.push({ from, to });
  }
  return out;
}
