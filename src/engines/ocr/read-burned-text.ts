import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools, MEDIA_REMEDY, type MediaTools } from '../media/media-tools.ts';
import type { FrameArea } from '../video/frame-area.ts';
import type { BurnedLine } from './burned-line.ts';
import { believedText } from './believed-text.ts';
import { mergeLines } from './merge-lines.ts';
import { sampledPicture, type ScanPlan, type Sighting } from './scan-plan.ts';
import { scanVideo } from './scan-video.ts';
import { subtitlesAmong } from './subtitle-bands.ts';
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
  /** A folder for pictures on the way: some 50 MB at a time, and more where the picture is full of text. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** 0 to 1, never less than before. */
  readonly onProgress?: (fraction: number) => void;
  readonly kept?: KeptParts;
};

/** What was read in parts of the video, for a run that comes after one that died. */
export type KeptParts = {
  /** @param start of the part: seconds */
  get(start: number): Promise<readonly BurnedLine[] | undefined>;
  save(start: number, lines: readonly BurnedLine[]): Promise<void>;
};

export type BurnedTextOutcome =
  /** In order of time; none where nothing is written. */
  | { readonly kind: 'read'; readonly lines: readonly BurnedLine[] }
  /** A tool or the language is not there; the message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `message` is for the caller, `detail` for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

export type BurnedTextTools = { readonly media: MediaTools; readonly reader: TextReader };

/** Seconds of video that are scanned at once: the pictures of two such parts are on the disk at a time. */
const PART = 120;
const WHOLE: FrameArea = { x: 0, y: 0, width: 1, height: 1 };

/**
 * Reads the subtitles that are part of a video's pictures. The video is sampled four times a second, part by part;
 * what stands in the pictures is cut out of its background and read once. While one part is read, the next is sampled.
 * Throws the signal's reason when aborted.
 */
export async function readBurnedText(
  request: BurnedTextRequest,
  { media, reader }: BurnedTextTools,
): Promise<BurnedTextOutcome> {
  const { seconds, language, onProgress, kept } = request;
  const found = findMediaTools(media);
  if (found.kind === 'missing') {
    return { kind: 'unavailable', message: `${found.program} was not found. ${MEDIA_REMEDY}` };
  }
  const obstacle = await reader.obstacle(language);
  if (obstacle !== undefined) return { kind: 'unavailable', message: obstacle };
  const lines: BurnedLine[] = [];
  let reading: Promise<BurnedTextOutcome> = Promise.resolve({ kind: 'read', lines });
  for (let start = 0; start < seconds; start += PART) {
    const known = await kept?.get(start);
    const scan =
      known === undefined
        ? await scanVideo(planPart(request, found.ffmpeg, start), request.signal, (done) =>
            onProgress?.(Math.min(1, (start + done) / seconds)),
          )
        : undefined;
    const before = await reading;
    if (before.kind !== 'read') return before;
    lines.push(...before.lines);
    if (scan?.kind === 'failed') return scan;
    reading =
      scan === undefined
        ? Promise.resolve({ kind: 'read', lines: known ?? [] })
        : readSightings(scan.sightings, request, reader, start);
    // It is awaited after the next scan, which may throw before that.
    reading.catch(() => undefined);
  }
  const last = await reading;
  if (last.kind !== 'read') return last;
  lines.push(...last.lines);
  onProgress?.(1);
  const merged = mergeLines(lines);
  return { kind: 'read', lines: request.area === 'Auto' ? subtitlesAmong(merged, seconds) : merged };
}

function planPart(request: BurnedTextRequest, ffmpeg: string, start: number): ScanPlan {
  const { path, seconds, scratch, area } = request;
  return {
    ffmpeg,
    path,
    start,
    seconds: Math.min(PART, seconds - start),
    ...sampledPicture(request, area === 'Auto' ? WHOLE : area),
    scratch,
    prefix: `burned-${start / PART}-`,
  };
}

async function readSightings(
  sightings: readonly Sighting[],
  { language, scratch, signal, kept }: BurnedTextRequest,
  reader: TextReader,
  start: number,
): Promise<BurnedTextOutcome> {
  const pictures = sightings.map(({ picture }) => picture);
  try {
    const outcome = await reader.read({ pictures, language, scratch, signal });
    if (outcome.kind !== 'read') return outcome;
    const lines = sightings.flatMap(({ from, to, area }, index) => {
      const believed = believedText(outcome.pictures[index] ?? []);
      return believed === undefined ? [] : [{ from, to, area, ...believed }];
    });
    await kept?.save(start, lines);
    return { kind: 'read', lines };
  } finally {
    await Promise.all(pictures.map((name) => rm(join(scratch, name), { force: true })));
  }
}
