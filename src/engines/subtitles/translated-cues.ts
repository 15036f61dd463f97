import type { SubtitleCue } from './subtitle-cues.ts';
import type { SubtitleLine } from './subtitle-line.ts';

/** A line in both languages. Seconds; a text that there is none of is empty. */
export type TranslatedLine = {
  readonly from: number;
  readonly to: number;
  readonly source: string;
  readonly target: string;
};

/** What a subtitle file holds, by the words of CustomSrtType. */
export type SubtitleOrder = 'SourceSrt' | 'TargetSrt' | 'BilingualSrtSrcFirst' | 'BilingualSrtTgtFirst';

/** The cues of a subtitle file, for srt and webVtt. In two languages each has its own row. */
export function translatedCues(lines: readonly TranslatedLine[], order: SubtitleOrder): SubtitleCue[] {
  return subtitleLineCues(lines.map((line) => ({ from: line.from, to: line.to, text: textIn(order, line) })));
}

/** Lines as they are, in the rows that they have; those without a text are left out. */
export function subtitleLineCues(lines: readonly SubtitleLine[]): SubtitleCue[] {
  return lines.flatMap(({ from, to, text }) => {
    const rows = text.split('\n').filter((row) => row.trim() !== '');
    return rows.length === 0 ? [] : [{ from, to, speaker: undefined, lines: rows }];
  });
}

/** In the order in which they stand, one row each where there are two languages. */
export function textsIn(order: SubtitleOrder, { source, target }: TranslatedLine): string[] {
  const texts = {
    SourceSrt: [source],
    TargetSrt: [target],
    BilingualSrtSrcFirst: [source, target].map(oneRow),
    BilingualSrtTgtFirst: [target, source].map(oneRow),
  }[order];
  return texts.filter((text) => text.trim() !== '');
}

function textIn(order: SubtitleOrder, line: TranslatedLine): string {
  return textsIn(order, line).join('\n');
}

function oneRow(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
