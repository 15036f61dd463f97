import type { SubtitleLine } from '../../engines/subtitles/subtitle-line.ts';
import type { SourceLine } from './translation-work.ts';

export type SplitOutcome =
  | { readonly kind: 'split'; readonly lines: readonly SourceLine[] }
  /** For the caller; `index` is that of the line. */
  | { readonly kind: 'not-bilingual'; readonly index: number; readonly message: string };

/**
 * Takes the rows of each cue apart: the upper half is one language, the lower half the other. Of an odd number of rows
 * the first language has one more.
 * @param first which language stands above
 */
export function splitBilingual(lines: readonly SubtitleLine[], first: 'source' | 'target'): SplitOutcome {
  const split: SourceLine[] = [];
  for (const [index, line] of lines.entries()) {
    const rows = line.text.split('\n');
    if (rows.length < 2) {
      const shown = (rows[0] ?? '').slice(0, 80);
      const message = `The cue has one row ('${shown}'), and CustomSrtType says that each has two languages, one below the other.`;
      return { kind: 'not-bilingual', index, message };
    }
    const half = Math.ceil(rows.length / 2);
    const [upper, lower] = [rows.slice(0, half).join('\n'), rows.slice(half).join('\n')];
    const [text, translation] = first === 'source' ? [upper, lower] : [lower, upper];
    split.push({ ...line, text, translation });
  }
  return { kind: 'split', lines: split };
}
