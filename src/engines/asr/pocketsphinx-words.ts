import type { TimedWord } from './asr-engine.ts';

/** PocketSphinx counts time in frames of 10 ms. */
export const FRAMES_PER_SECOND = 100;

/**
 * The words of one line that pocketsphinx_batch 0.8 writes with -hypseg:
 * `<id> S … T … A … L … <frame> <acoustic> <language> <word> <frame> … <last frame>`.
 * A word ends where the next entry begins.
 * @param offset seconds to add to every time
 */
export function wordsOfHypseg(line: string, offset: number): TimedWord[] {
  const fields = line.trim().split(/\s+/).slice(9);
  const words: TimedWord[] = [];
  for (let at = 0; at + 4 < fields.length; at += 4) {
    const text = plainWord(fields[at + 3] ?? '');
    const [from, to] = [Number(fields[at]), Number(fields[at + 4])];
    if (text === '' || Number.isNaN(from) || Number.isNaN(to)) continue;
    words.push({ text, from: offset + from / FRAMES_PER_SECOND, to: offset + to / FRAMES_PER_SECOND });
  }
  return words;
}

type Entry = { readonly b: number; readonly d: number; readonly t: string };

/**
 * The words of the JSON line that PocketSphinx 5 prints: `{"b","d","p","t","w":[{"b","d","p","t"}]}` with begin and
 * duration in seconds. Undefined where it is not such a line.
 */
export function wordsOfJson(line: string, offset: number): TimedWord[] | undefined {
  const entries = readEntries(line);
  return entries?.flatMap(({ b, d, t }) => {
    const text = plainWord(t);
    return text === '' ? [] : [{ text, from: offset + b, to: offset + b + d }];
  });
}

function readEntries(line: string): Entry[] | undefined {
  try {
    const { w } = JSON.parse(line) as { w?: unknown };
    return Array.isArray(w) ? (w as Entry[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Without the mark of an alternative pronunciation; `''` for what is no word: `<sil>`, `[NOISE]`, `++BREATH++`. */
function plainWord(token: string): string {
  return /^(<.*>|\[.*\]|\+\+.*\+\+)$/.test(token) ? '' : token.replace(/\(\d+\)$/, '');
}
