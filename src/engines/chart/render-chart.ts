import { rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { findProgram } from '../find-program.ts';
import { MEDIA_LIMITS, MEDIA_REMEDY, type MediaTools } from '../media/media-tools.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';
import { evenSize, type ChartRequest } from './chart-request.ts';
import { drawMissing } from './draw-missing.ts';
import { drawingTime, largestVideo } from './drawing-process.ts';
import { gifArguments, joinArguments, largestGif, paletteArguments } from './encoder-arguments.ts';
import { programFailure, type RenderFailure } from './render-failure.ts';
import { cutIntoSegments, framesOf, segmentSecondsOf, type ChartSegment } from './segments.ts';
import { timelineOf } from './timeline.ts';

/** Where finished segments lie, so that a later run goes on at the first that is missing. */
export type SegmentStore = {
  /** @returns whether it was there and now lies at its path */
  readonly fetch: (segment: ChartSegment) => Promise<boolean>;
  /** Called in the order of the segments, one after the other. */
  readonly keep: (segment: ChartSegment) => Promise<void>;
};

export type ChartVideo = {
  readonly request: ChartRequest;
  /** Kilobits a second. */
  readonly bitrate: number;
  /** A folder of its own, where everything is written; also the only one that the processes can write to. */
  readonly scratch: string;
  readonly poster: boolean;
  readonly gif: boolean;
  readonly signal: AbortSignal;
  /** @param part of the work done, 0 to 1; never less than before */
  readonly onProgress: (part: number) => void;
  /** Absent = segments live and die with the scratch folder. */
  readonly kept?: SegmentStore | undefined;
  /** Seconds of video in a segment at most; absent = see segments.ts. */
  readonly segmentSeconds?: number | undefined;
  /** Processes that draw at the same time; absent = one for two processor cores, four at most. */
  readonly lanes?: number;
  /** See ChartDrawing. Only segments that are drawn now have hashes. */
  readonly hashEvery?: number;
};

export type ChartOutcome =
  | {
      readonly kind: 'rendered';
      /** Paths in the scratch folder. */
      readonly video: string;
      readonly poster: string | undefined;
      readonly gif: string | undefined;
      readonly frames: number;
      /** Seconds. */
      readonly duration: number;
      readonly width: number;
      readonly height: number;
      readonly hashes: readonly string[];
      /** Of these frames an earlier run drew so many. */
      readonly keptFrames: number;
      /** Bytes of the largest drawing process; 0 where nothing was left to draw. */
      readonly peakRss: number;
    }
  | RenderFailure;

/** A process takes half a second to start; fewer frames are not worth one. */
const LEAST_FRAMES = 120;
const MOST_LANES = 4;
/** Of the work, what is done when all frames are drawn; joining and the GIF are left. */
const DRAWN = 0.95;

/**
 * Draws and encodes a chart video: an MP4 (H.264, yuv420p), and where asked for its last frame as PNG, and a GIF.
 * The same request gives the same frames, however many processes draw and however often they were interrupted.
 * Throws the signal's reason when aborted, and what the store of segments throws.
 */
export async function renderChart(video: ChartVideo, tools: MediaTools): Promise<ChartOutcome> {
  const ffmpeg = findProgram(tools.ffmpegPath || 'ffmpeg');
  if (ffmpeg === undefined) return { kind: 'unavailable', message: `ffmpeg was not found. ${MEDIA_REMEDY}` };
  const { request, bitrate, scratch, signal, onProgress, kept, hashEvery } = video;
  const lanes = lanesFor(video);
  const cut = { lanes, seconds: video.segmentSeconds ?? segmentSecondsOf(request) };
  const segments = cutIntoSegments(request, cut, (index) => join(scratch, `segment-${index}.mp4`));
  const missing = await notKept(segments, kept);
  const frames = framesOf(segments);
  const keptFrames = frames - framesOf(missing);
  const poster = video.poster ? join(scratch, 'chart.png') : undefined;
  const drawn = await drawMissing({
    ...{ lanes, missing, scratch, signal, keep: kept?.keep },
    drawing: {
      ...{ request, bitrate, ffmpeg },
      ...(poster !== undefined && { poster }),
      ...(hashEvery !== undefined && { hashEvery }),
    },
    onFrames: (done) => onProgress((DRAWN * (keptFrames + done)) / frames),
  });
  signal.throwIfAborted();
  if (drawn.kind !== 'drawn') return drawn;
  const finished = await finish(video, ffmpeg, segments);
  signal.throwIfAborted();
  if (finished.kind !== 'finished') return finished;
  onProgress(1);
  const { hashes, peakRss } = drawn;
  const duration = frames / request.frameRate;
  return {
    ...finished,
    kind: 'rendered',
    poster,
    frames,
    keptFrames,
    duration,
    ...evenSize(request),
    hashes,
    peakRss,
  };
}

async function notKept(
  segments: readonly ChartSegment[],
  kept: SegmentStore | undefined,
): Promise<readonly ChartSegment[]> {
  if (kept === undefined) return segments;
  const missing: ChartSegment[] = [];
  for (const segment of segments) if (!(await kept.fetch(segment))) missing.push(segment);
  return missing;
}

/** One drawing process and its encoder keep two cores busy, more or less. */
function lanesFor({ lanes, request }: ChartVideo): number {
  const wished = lanes ?? Math.min(MOST_LANES, Math.floor(availableParallelism() / 2));
  return Math.max(1, Math.min(wished, Math.floor(timelineOf(request).frames / LEAST_FRAMES)));
}

type Finished = { readonly kind: 'finished'; readonly video: string; readonly gif: string | undefined };

/** Joins the segments, and makes the GIF. */
async function finish(
  { request, bitrate, scratch, signal, gif }: ChartVideo,
  ffmpeg: string,
  segments: readonly ChartSegment[],
): Promise<Finished | RenderFailure> {
  const frames = framesOf(segments);
  const timeLimit = drawingTime(request, frames);
  const run = async (args: readonly string[], fileSize: number): Promise<RenderFailure | undefined> => {
    const limits = { ...MEDIA_LIMITS, fileSize };
    const outcome = await runProgram({ program: ffmpeg, args, scratch, limits, timeLimit, signal });
    if (outcome.kind === 'exited' && outcome.code === 0) return undefined;
    return programFailure(outcome, 'The chart video could not be put together');
  };
  const [first] = segments;
  const whole = { kind: 'finished', video: join(scratch, 'chart.mp4') } as const;
  if (segments.length === 1 && first !== undefined) await rename(first.video, whole.video);
  else {
    const list = join(scratch, 'segments.txt');
    await writeFile(list, segments.map((segment) => `file ${basename(segment.video)}\n`).join(''));
    const failure = await run(joinArguments(list, whole.video), largestVideo(request, bitrate, frames));
    if (failure !== undefined) return failure;
  }
  if (!gif) return { ...whole, gif: undefined };
  const [palette, picture] = [join(scratch, 'palette.png'), join(scratch, 'chart.gif')];
  const size = SMALL_FILES + largestGif(request, frames / request.frameRate);
  return (
    (await run(paletteArguments(whole.video, palette), SMALL_FILES)) ??
    (await run(gifArguments(whole.video, palette, picture), size)) ?? { ...whole, gif: picture }
  );
}
