import type { TimedWord } from '../asr/asr-engine.ts';
import type { SpeakerTurn } from './speaker-diarizer.ts';

export type SpokenWord = TimedWord & {
  /** As in the turns; absent only where there are no turns at all. */
  readonly speaker?: number;
};

/**
 * Says of each word who spoke it: whose turns overlap it longest, of equals who began first; where none does, whose
 * turn is nearest.
 * @param turns in order of `from`; they may overlap each other
 */
export function assignSpeakers(words: readonly TimedWord[], turns: readonly SpeakerTurn[]): SpokenWord[] {
  const longest = lastToEnd(turns);
  return words.map((word) => {
    const behind = firstFrom(turns, word.to);
    const speaker = overlapping(word, turns, longest, behind) ?? nearest(word, longest[behind - 1], turns[behind]);
    return speaker === undefined ? word : { ...word, speaker };
  });
}

/** For each turn: which of the turns up to it ends last. */
function lastToEnd(turns: readonly SpeakerTurn[]): SpeakerTurn[] {
  let last = turns[0];
  return turns.map((turn) => (last = last === undefined || turn.to > last.to ? turn : last));
}

/** The index of the first turn that begins at `time` or later. */
function firstFrom(turns: readonly SpeakerTurn[], time: number): number {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((turns[middle]?.from ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function overlapping(
  { from, to }: TimedWord,
  turns: readonly SpeakerTurn[],
  longest: readonly SpeakerTurn[],
  behind: number,
): number | undefined {
  const seconds = new Map<number, number>();
  let first = behind;
  while (first > 0 && (longest[first - 1]?.to ?? 0) > from) first -= 1;
  for (const turn of turns.slice(first, behind)) {
    const shared = Math.min(to, turn.to) - Math.max(from, turn.from);
    if (shared > 0) seconds.set(turn.speaker, (seconds.get(turn.speaker) ?? 0) + shared);
  }
  const most = Math.max(...seconds.values());
  return [...seconds].find(([, shared]) => shared === most)?.[0];
}

function nearest(
  { from, to }: TimedWord,
  before: SpeakerTurn | undefined,
  after: SpeakerTurn | undefined,
): number | undefined {
  if (before === undefined || after === undefined) return (before ?? after)?.speaker;
  return from - before.to <= after.from - to ? before.speaker : after.speaker;
}
