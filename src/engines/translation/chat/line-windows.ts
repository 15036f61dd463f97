/** Lines that are translated together, with those around them. */
export type LineWindow = {
  /** Of the first one among all lines. */
  readonly from: number;
  readonly lines: readonly string[];
  /** Said before and after; not to be translated. */
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** So many that a small model still counts them right. */
const LINES = 25;
/** UTF-16 units: about a thousand tokens of most languages, the same again for the answer. */
const CHARACTERS = 3000;
const NEIGHBOURS = 4;
/** UTF-16 units of a neighbour: a long one would leave no room. */
const NEIGHBOUR_LENGTH = 300;

export function lineWindows(lines: readonly string[]): LineWindow[] {
  const windows: LineWindow[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from + 1;
    let characters = lines[from]?.length ?? 0;
    while (to < lines.length && to - from < LINES && characters + (lines[to]?.length ?? 0) <= CHARACTERS) {
      characters += lines[to]?.length ?? 0;
      to += 1;
    }
    windows.push(windowOf(lines, from, to));
    from = to;
  }
  return windows;
}

/** The lines from one up to, but without, another. */
export function windowOf(lines: readonly string[], from: number, to: number): LineWindow {
  const cut = (line: string): string => line.slice(0, NEIGHBOUR_LENGTH);
  return {
    from,
    lines: lines.slice(from, to),
    before: lines.slice(Math.max(0, from - NEIGHBOURS), from).map(cut),
    after: lines.slice(to, to + NEIGHBOURS).map(cut),
  };
}
