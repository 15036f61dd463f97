import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assFile, type DrawnLine } from './ass-file.ts';
import type { FrameSize } from './compose-request.ts';
import { installedFont } from './subtitle-fonts.ts';
import { subtitleLook, type SubtitleStyle } from './subtitle-style.ts';

export type SubtitleDrawing = {
  readonly lines: readonly DrawnLine[];
  /** Of each of the texts of a line, BCP 47. */
  readonly languages: readonly (string | undefined)[];
  readonly style: SubtitleStyle;
  /** Of the output. */
  readonly size: FrameSize;
  /** The picture that pixels of the style were meant for; absent = the output. */
  readonly canvas?: FrameSize;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

/**
 * Writes what composeVideo draws into the scratch folder. Undefined where there is nothing to draw: no lines, or a
 * style that hides them.
 * @param name of the file, ours
 */
export async function drawSubtitles(name: string, drawing: SubtitleDrawing): Promise<string | undefined> {
  const { lines, languages, style, size, canvas, scratch, signal } = drawing;
  const look = subtitleLook(style, size, canvas);
  if (look === undefined || lines.length === 0) return undefined;
  const font = await installedFont(style.font, { scratch, signal });
  const path = join(scratch, name);
  await writeFile(path, assFile({ lines, look, size, languages, ...(font !== undefined && { font }) }));
  return path;
}
