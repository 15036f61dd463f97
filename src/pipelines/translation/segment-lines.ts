import { readFile } from 'node:fs/promises';
import type { BurnedLine } from '../../engines/ocr/burned-line.ts';
import { reconcileText } from '../../engines/ocr/reconcile-text.ts';
import { TimeIndex } from '../../engines/ocr/time-index.ts';
import { parseSubtitles } from '../../engines/subtitles/parse-subtitles.ts';
import type { SubtitleLine } from '../../engines/subtitles/subtitle-line.ts';
import { subtitleLines } from '../../engines/subtitles/subtitle-lines.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step, StepOutcome } from '../steps.ts';
import { splitBilingual } from './split-bilingual.ts';
import type { Lined, PictureRead, SourceLine } from './translation-work.ts';

/** What is translated, line by line. */
export const segmentLines: Step<PictureRead, Lined> = {
  name: 'Cutting into lines',
  weight: 1,
  async run(work) {
    const { subtitlePath, settings, warnings } = work;
    if (settings.textSource === 'SubtitleFile' && subtitlePath !== undefined) {
      const parsed = await linesOfFile(subtitlePath, work);
      if (parsed.kind === 'failed') return parsed;
      const { lines, notes } = parsed.value;
      return done({ ...work, lines, warnings: [...warnings, ...notes] });
    }
    const lines = linesOfSource(work);
    return lines.length === 0 ? nothingToTranslate(work) : done({ ...work, lines });
  },
};

type FileLines = { readonly lines: readonly SourceLine[]; readonly notes: readonly string[] };

async function linesOfFile(path: string, { settings }: PictureRead): Promise<StepOutcome<FileLines>> {
  const { customSrtType } = settings;
  const parsed = parseSubtitles(await readFile(path));
  if (parsed.kind === 'broken') return brokenFile(parsed.line, parsed.message);
  const { lines, rows, notes } = parsed;
  switch (customSrtType) {
    case 'SourceSrt':
      return done({ lines, notes });
    case 'TargetSrt':
      return done({ lines: lines.map((line) => ({ ...line, translation: line.text })), notes });
    case 'BilingualSrtSrcFirst':
    case 'BilingualSrtTgtFirst': {
      const split = splitBilingual(lines, customSrtType === 'BilingualSrtSrcFirst' ? 'source' : 'target');
      if (split.kind === 'split') return done({ lines: split.lines, notes });
      return brokenFile(rows[split.index] ?? 1, split.message);
    }
  }
}

function brokenFile(line: number, message: string) {
  return failed('SubtitleFileUnreadable', `The subtitle file is broken, line ${line}: ${message}`);
}

function linesOfSource({ settings, sentences, burned }: PictureRead): readonly SourceLine[] {
  const spoken: readonly SourceLine[] = subtitleLines(sentences);
  switch (settings.textSource) {
    case 'OCR':
      return burned.map(bare);
    case 'ALL':
      return withSpeakers(reconcileText(spoken, burned, 'kept'), spoken);
    case 'OCR_ASR': {
      // Nobody speaks, or in a language that nothing here recognizes: what is written is what there is.
      if (spoken.length === 0) return burned.map(bare);
      return withSpeakers(reconcileText(spoken, burned, 'left-out'), spoken);
    }
    default:
      return spoken;
  }
}

function bare({ from, to, text }: BurnedLine): SourceLine {
  return { from, to, text };
}

/** Who says a line that was read: whoever is heard longest while it stands. */
function withSpeakers(lines: readonly SubtitleLine[], spoken: readonly SourceLine[]): SourceLine[] {
  const index = new TimeIndex();
  for (const [number, line] of spoken.entries()) if (line.speaker !== undefined) index.add(number, line);
  return lines.map(({ from, to, text }) => {
    let longest = 0;
    let speaker: number | undefined;
    for (const number of index.near({ from, to })) {
      const line = spoken[number];
      if (line === undefined) continue;
      const shared = Math.min(to, line.to) - Math.max(from, line.from);
      if (line.speaker !== undefined && shared > longest) [longest, speaker] = [shared, line.speaker];
    }
    return { from, to, text, ...(speaker !== undefined && { speaker }) };
  });
}

function nothingToTranslate({ settings, warnings }: PictureRead) {
  const remarks = warnings.map((warning) => ` ${warning}`).join('');
  if (settings.textSource === 'OCR') {
    return failed('NoTextInPicture', `No text that keeps standing was read in the picture.${remarks}`);
  }
  const instead = settings.textSource === 'ASR' ? '' : ', and no text in the picture that could be read';
  return failed(
    'SpeechTranslationNoValidVocal',
    `There is no human voice in the recording${instead}. Nothing was translated.${remarks}`,
  );
}
