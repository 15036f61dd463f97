import type { SubtitleLine } from '../subtitles/subtitle-line.ts';
import { alignWithin } from './align-within.ts';
import { commonLength } from './area-overlap.ts';
import { LONGEST_SUBTITLE, type BurnedLine } from './burned-line.ts';
import { bareText } from './text-similarity.ts';
import { TimeIndex } from './time-index.ts';

export type ReconciledLine = SubtitleLine & { readonly source: 'speech' | 'picture' };

/** Seconds by which a subtitle may come before, or stay after, what it says. */
const LEEWAY = 0.7;
/** A recognizer that gets three words of four has 0.7 to 0.9; other words of the same language fit to 0.35 to 0.45. */
const RESEMBLES = 0.55;
/** Of a sentence, in characters: a rest that is shorter was misheard, not left out. */
const LEAST_REST = { share: 0.3, characters: 4 };

/**
 * One list of lines from what was heard and what was read.
 *
 * A burned-in line that stands while something like it is said replaces those words, and brings its own times: read
 * text is exact where heard text is a guess, and subtitles are cut as a person wants to read them. Speech that no
 * burned line repeats keeps its words and times; of a sentence that is repeated in part, what is left does. Where
 * nothing at all was heard (the recognizer does not know the language, or it is a song), the burned lines are all
 * there is, and all are taken. What stands for longer than subtitles do is no repetition of anything: among all that
 * is said meanwhile, something is like it by chance.
 * @param spoken sentences in order of time
 * @param burned in order of time
 * @param unspoken what becomes of text that nobody says (signs, titles): 'left-out' for OCR_ASR, 'kept' for ALL
 */
export function reconcileText(
  spoken: readonly SubtitleLine[],
  burned: readonly BurnedLine[],
  unspoken: 'left-out' | 'kept',
): ReconciledLine[] {
  const sentences = spoken.map((line) => new Sentence(line));
  const index = new TimeIndex();
  for (const [number, line] of spoken.entries()) index.add(number, line);
  const fromPictures = burned.filter((line) => {
    const isSaid = line.to - line.from <= LONGEST_SUBTITLE && claim(line, sentences, index);
    return isSaid || unspoken === 'kept' || spoken.length === 0;
  });
  const lines: ReconciledLine[] = [
    ...fromPictures.map(({ from, to, text }) => ({ from, to, text, source: 'picture' as const })),
    ...sentences
      .flatMap((sentence) => sentence.rest())
      .map(({ from, to, text }) => ({ from, to, text, source: 'speech' as const })),
  ];
  return lines.toSorted((a, b) => a.from - b.from);
}

/** Takes the words of a burned line out of the sentences said meanwhile; @returns false where they are not there */
function claim(line: BurnedLine, sentences: readonly Sentence[], index: TimeIndex): boolean {
  const window = { from: line.from - LEEWAY, to: line.to + LEEWAY };
  const near = index.near(window).flatMap((number) => sentences[number] ?? []);
  const meanwhile = near.filter((sentence) => commonLength(window, sentence.line) > 0);
  const fit = alignWithin(bareText(line.text), meanwhile.map(({ bare }) => bare).join(''));
  if (fit.similarity < RESEMBLES) return false;
  let start = 0;
  for (const sentence of meanwhile) {
    sentence.take(fit.from - start, fit.to - start);
    start += sentence.bare.length;
  }
  return true;
}

/** A spoken line, and which of its characters a burned line has taken over. */
class Sentence {
  readonly line: SubtitleLine;
  readonly bare: string;
  readonly #taken: Uint8Array;

  constructor(line: SubtitleLine) {
    this.line = line;
    this.bare = bareText(line.text);
    this.#taken = new Uint8Array(this.bare.length);
  }

  /** From one of the bare text's characters to another; outside of it nothing is taken. */
  take(from: number, to: number): void {
    this.#taken.fill(1, Math.max(0, from), Math.max(0, to));
  }

  /** What nobody took, with the part of the time that its characters have of all. */
  rest(): SubtitleLine[] {
    if (!this.#taken.includes(1)) return [this.line];
    const { from, to } = this.line;
    const perCharacter = (to - from) / this.bare.length;
    return this.#words().flatMap(({ text, start, end }) => {
      const length = end - start;
      const isEnough = length >= LEAST_REST.characters && length >= LEAST_REST.share * this.bare.length;
      return isEnough ? [{ from: from + start * perCharacter, to: from + end * perCharacter, text }] : [];
    });
  }

  /** Runs of words that are free for the most part; ideographs count as words. `start` and `end` are in `bare`. */
  #words(): { text: string; start: number; end: number }[] {
    const runs: { text: string; start: number; end: number }[] = [];
    let run: { text: string; start: number; end: number } | undefined;
    let at = 0;
    for (const word of this.line.text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? []) {
      const end = at + bareText(word).length;
      const taken = this.#taken.subarray(at, end).reduce((sum, one) => sum + one, 0);
      if (end > at && taken * 2 > end - at) run = undefined;
      else if (run !== undefined) {
        run.text += word;
        run.end = end;
      } else if (end > at) {
        run = { text: word, start: at, end };
        runs.push(run);
      }
      at = end;
    }
    return runs.map(({ text, start, end }) => ({ text: text.trim(), start, end }));
  }
}
