import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  translatedCues,
  type SubtitleOrder,
  type TranslatedLine as Cue,
} from '../../engines/subtitles/translated-cues.ts';
import { wrapRows } from '../../engines/subtitles/wrap-rows.ts';
import { srt, webVtt } from '../../engines/subtitles/write-subtitles.ts';
import type { TranslatedLine } from './translation-result.ts';
import type { TranslationTarget } from './translation-settings.ts';

/** A file that is put beside the object that the caller named. */
export type TargetFile = {
  readonly path: string;
  readonly key: string;
  /** In the form in which the caller wrote MediaURL. */
  readonly url: string;
};

/** Columns of a row, as broadcasters have them. */
const COLUMNS = 42;

/** The object `talk.es.srt` beside `talk.mp4`, for the ending `.es.srt`. */
export function besides({ key, mediaUrl }: TranslationTarget, ending: string): Omit<TargetFile, 'path'> {
  return { key: withEnding(key, ending), url: withEnding(mediaUrl, ending) };
}

function withEnding(name: string, ending: string): string {
  return name.replace(/\.[a-z0-9]+$/i, '') + ending;
}

/** What a viewer sees: of a line that could not be translated what was said. */
export function cuesOf(lines: readonly TranslatedLine[]): Cue[] {
  return lines.map(({ from, to, text, translated }) => ({ from, to, source: text, target: translated ?? text }));
}

/** Writes a subtitle file: SubRip, or WebVTT where its name ends in .vtt. */
export async function writeSubtitle(
  path: string,
  lines: readonly TranslatedLine[],
  language: string,
  order: SubtitleOrder,
): Promise<void> {
  const isAlone = order === 'TargetSrt';
  // In two languages each has one row, which players break where they must.
  const rowsOf = (text: string): string => (isAlone ? wrapRows(text, language, COLUMNS).join('\n') : text);
  const written = cuesOf(lines).map(({ from, to, source, target }) => ({
    from,
    to,
    source,
    target: rowsOf(target),
  }));
  const cues = translatedCues(written, order);
  await writeFile(path, path.endsWith('.vtt') ? webVtt(cues) : srt(cues));
}

/** The subtitle in the target language, and with the source above it, as files of the folder. */
export async function subtitleFiles(
  folder: string,
  target: TranslationTarget,
  lines: readonly TranslatedLine[],
): Promise<{ readonly subtitle: TargetFile; readonly bilingual: TargetFile }> {
  const { language } = target;
  const subtitle = { path: join(folder, `${language}.srt`), ...besides(target, '.srt') };
  const bilingual = { path: join(folder, `${language}-bilingual.srt`), ...besides(target, '.bilingual.srt') };
  await writeSubtitle(subtitle.path, lines, language, 'TargetSrt');
  await writeSubtitle(bilingual.path, lines, language, 'BilingualSrtSrcFirst');
  return { subtitle, bilingual };
}
