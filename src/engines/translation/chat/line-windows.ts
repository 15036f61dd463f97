import { NEIGHBOURS, type TranslationRequest } from '../translator.ts';

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
/** Characters of a neighbour: a long one would leave no room. */
const NEIGHBOUR_LENGTH = 300;

type Spoken = Pick<TranslationRequest, 'lines' | 'before' | 'after'>;

export function lineWindows(spoken: Spoken): LineWindow[] {
  const { lines } = spoken;
  const windows: LineWindow[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from + 1;
    let characters = lines[from]?.length ?? 0;
    while (to < lines.length && to - from < LINES && characters + (lines[to]?.length ?? 0) <= CHARACTERS) {
      characters += lines[to]?.length ?? 0;
      to += 1;
    }
    windows.push(windowOf(spoken, from, to));
    from = to;
  }
  return windows;
}

/** The lines from one up to, but without, another. */
export function windowOf({ lines, before = [], after = [] }: Spoken, from: number, to: number): LineWindow {
  const cut = (line: string): string =>
    Array.from(line.slice(0, 2 * NEIGHBOUR_LENGTH))
      .slice(0, NEIGHBOUR_LENGTH)
      .join('');
  const earlier = [...before.slice(-NEIGHBOURS), ...lines.slice(Math.max(0, from - NEIGHBOURS), from)];
  const later = [...lines.slice(to, to + NEIGHBOURS), ...after.slice(0, NEIGHBOURS)];
  return {
    from,
    lines: lines.slice(from, to),
    before: earlier.slice(-NEIGHBOURS).map(cut),
    after: later.slice(0, NEIGHBOURS).map(cut),
  };
}
