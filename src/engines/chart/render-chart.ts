import { rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { assertNever } from '../../base/assert-never.ts';
import { findProgram } from '../find-program.ts';
import { MEDIA_LIMITS, MEDIA_REMEDY, type MediaTools } from '../media/media-tools.ts';
import { nodeChild } from '../node-child.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram, type ProgramOutcome } from '../run-program.ts';
import { evenSize, type ChartRequest } from './chart-request.ts';
import type { ChartSegment, SegmentDone } from './draw-segment.ts';
import { gifArguments, joinArguments } from './encoder-arguments.ts';
import { timelineOf } from './timeline.ts';

export type ChartVideo = {
  readonly request: ChartRequest;
  /** Kilobits a second. */
  readonly bitrate: number;
  /** A folder of its own, where everything is written; also the only one that the processes can write to. */
  readonly scratch: string;
  readonly gif: boolean;
  readonly signal: AbortSignal;
  /** @param part of the work done, 0 to 1; never less than before */
  readonly onProgress: (part: number) => void;
  /** Segments drawn at the same time; absent = one for two processor cores, four at most. */
  readonly segments?: number;
  /** See ChartSegment. */
  readonly hashEvery?: number;
};

export type ChartOutcome =
  | {
      readonly kind: 'rendered';
      /** Paths in the scratch folder. */
      readonly video: string;
      readonly poster: string;
      readonly gif: string | undefined;
      readonly frames: number;
      /** Seconds. */
      readonly duration: number;
      readonly width: number;
      readonly height: number;
      readonly hashes: readonly string[];
      /** Bytes of the largest drawing process. */
      readonly peakRss: number;
    }
  | Failure;

type Failure =
  /** `reason`: a sentence about what the caller gave (the background image). */
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

const VIDEO = 'chart.mp4';
const POSTER = 'chart.png';
const GIF = 'chart.gif';
const ENDED = 'It was ended.';

/** Half of real time at 720p on one slow core, and time to start. More pixels take longer. */
const SECONDS_PER_FRAME = 0.3;
const LEAST_TIME_LIMIT = 120;
const REFERENCE_PIXELS = 1280 * 720;
/** A process takes half a second to start; shorter parts are not worth one. */
const LEAST_FRAMES = 120;
const MOST_SEGMENTS = 4;
/** Of the work, what is left when all frames are drawn: joining, and the GIF. */
const DRAWN = 0.95;

/**
 * Draws and encodes a chart video: an MP4 (H.264, yuv420p), its last frame as PNG, and a GIF where asked for.
 * The same request gives the same frames, however many segments there are.
 * Throws the signal's reason when aborted.
 */
export async function renderChart(video: ChartVideo, tools: MediaTools): Promise<ChartOutcome> {
  const ffmpeg = findProgram(tools.ffmpegPath || 'ffmpeg');
  if (ffmpeg === undefined) return { kind: 'unavailable', message: `ffmpeg was not found. ${MEDIA_REMEDY}` };
  const segments = planSegments(video, ffmpeg);
  const outcomes = await drawAll(video, segments);
  video.signal.throwIfAborted();
  const failed = outcomes.find((outcome) => outcome.kind !== 'drawn');
  if (failed !== undefined) return failed;
  const failure = await finish(video, ffmpeg, segments);
  video.signal.throwIfAborted();
  if (failure !== undefined) return failure;
  video.onProgress(1);
  const drawn = outcomes.flatMap((outcome) => (outcome.kind === 'drawn' ? [outcome.done] : []));
  const frames = drawn.reduce((sum, done) => sum + done.frames, 0);
  const { request, scratch } = video;
  return {
    kind: 'rendered',
    video: join(scratch, VIDEO),
    poster: join(scratch, POSTER),
    gif: video.gif ? join(scratch, GIF) : undefined,
    frames,
    duration: frames / request.frameRate,
    ...evenSize(request),
    hashes: drawn.flatMap(({ hashes }) => hashes),
    peakRss: Math.max(...drawn.map(({ peakRss }) => peakRss)),
  };
}

/**
 * One drawing process and its encoder keep two cores busy, more or less; with more cores the video is cut into parts
 * that are made at the same time.
 */
function planSegments(video: ChartVideo, ffmpeg: string): ChartSegment[] {
  const { request, bitrate, scratch, hashEvery } = video;
  const { frames } = timelineOf(request);
  const cores = availableParallelism();
  const wished = video.segments ?? Math.min(MOST_SEGMENTS, Math.floor(cores / 2));
  const count = Math.max(1, Math.min(wished, Math.floor(frames / LEAST_FRAMES)));
  return Array.from({ length: count }, (_, index) => ({
    request,
    from: Math.round((frames * index) / count),
    to: Math.round((frames * (index + 1)) / count),
    bitrate,
    threads: Math.max(1, Math.min(4, Math.floor(cores / count))),
    ffmpeg,
    video: join(scratch, `segment-${index}.mp4`),
    ...(index === count - 1 ? { poster: join(scratch, POSTER) } : {}),
    ...(hashEvery === undefined ? {} : { hashEvery }),
  }));
}

type DrawOutcome = { readonly kind: 'drawn'; readonly done: SegmentDone } | Failure;

/** When one of them fails the others are ended. */
async function drawAll(video: ChartVideo, segments: readonly ChartSegment[]): Promise<DrawOutcome[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([video.signal, failed.signal]);
  const done = segments.map(() => 0);
  const total = segments.reduce((sum, { from, to }) => sum + to - from, 0);
  const outcomes = await Promise.all(
    segments.map(async (segment, index) => {
      const outcome = await drawOne(video, segment, signal, (frames) => {
        done[index] = frames;
        video.onProgress((DRAWN * done.reduce((sum, one) => sum + one, 0)) / total);
      });
      if (outcome.kind !== 'drawn') failed.abort();
      return outcome;
    }),
  );
  // The one that failed says more than those that were ended for it.
  return outcomes.toSorted((a, b) => Number(isEnded(a)) - Number(isEnded(b)));
}

function isEnded(outcome: DrawOutcome): boolean {
  return outcome.kind === 'failed' && outcome.reason === ENDED;
}

async function drawOne(
  { request, scratch }: ChartVideo,
  segment: ChartSegment,
  signal: AbortSignal,
  onFrames: (done: number) => void,
): Promise<DrawOutcome> {
  const plan = `${segment.video}.json`;
  await writeFile(plan, JSON.stringify(segment));
  const { program, args } = nodeChild('./chart-child', import.meta.url);
  const image = request.background?.imagePath;
  const said: { done?: SegmentDone; failed?: string } = {};
  const outcome = await runProgram({
    program,
    args: ['--expose-gc', ...args, plan],
    scratch,
    reads: image === undefined ? [] : [image],
    // V8 sets addresses aside that it never uses; the memory in use is bounded by what is drawn.
    limits: { memory: 'unlimited', fileSize: largestVideo(segment) },
    timeLimit: timeLimitOf(segment),
    signal,
    onLine: (line) => {
      const frames = /^frame (\d+)$/.exec(line)?.[1];
      if (frames !== undefined) onFrames(Number(frames));
      else if (line.startsWith('{')) Object.assign(said, JSON.parse(line));
    },
  });
  if (said.failed !== undefined) {
    const about = said.failed.startsWith('the background image');
    return { kind: about ? 'unusable' : 'failed', reason: sentence(said.failed) };
  }
  if (outcome.kind === 'exited' && outcome.code === 0 && said.done !== undefined) {
    return { kind: 'drawn', done: said.done };
  }
  return failureOf(outcome, 'The chart could not be drawn');
}

/** Joins the parts, and makes the GIF. Undefined = well. */
async function finish(
  video: ChartVideo,
  ffmpeg: string,
  segments: readonly ChartSegment[],
): Promise<Failure | undefined> {
  const { scratch, signal, gif } = video;
  const whole = join(scratch, VIDEO);
  const [first] = segments;
  if (first === undefined) return undefined;
  const run = async (args: readonly string[]): Promise<Failure | undefined> => {
    const limits = { ...MEDIA_LIMITS, fileSize: largestVideo(first) * segments.length };
    const outcome = await runProgram({
      program: ffmpeg,
      args,
      scratch,
      limits,
      timeLimit: timeLimitOf(first),
      signal,
    });
    if (outcome.kind === 'exited' && outcome.code === 0) return undefined;
    return failureOf(outcome, 'The chart video could not be put together');
  };
  if (segments.length === 1) await rename(first.video, whole);
  else {
    const list = join(scratch, 'segments.txt');
    await writeFile(list, segments.map((_, index) => `file segment-${index}.mp4\n`).join(''));
    const failure = await run(joinArguments(list, whole));
    if (failure !== undefined) return failure;
  }
  return gif ? await run(gifArguments(whole, join(scratch, GIF))) : undefined;
}

/** Twice what the bitrate makes of it, and room for posters and small ones. */
function largestVideo({ bitrate, from, to, request }: ChartSegment): number {
  return SMALL_FILES + (2 * bitrate * 125 * (to - from)) / request.frameRate;
}

function timeLimitOf({ from, to, request }: ChartSegment): number {
  const pixels = Math.max(1, (request.width * request.height) / REFERENCE_PIXELS);
  return LEAST_TIME_LIMIT + (to - from) * SECONDS_PER_FRAME * pixels;
}

function failureOf(outcome: ProgramOutcome, what: string): Failure {
  switch (outcome.kind) {
    case 'exited':
      return { kind: 'failed', reason: `${what} (exit code ${outcome.code}).` };
    case 'crashed':
      return { kind: 'failed', reason: `${what}: its process crashed (${outcome.signal}).` };
    case 'timed-out':
      return { kind: 'failed', reason: `${what} in ${Math.round(outcome.seconds)} seconds.` };
    case 'aborted':
      return { kind: 'failed', reason: ENDED };
    case 'not-found':
      return { kind: 'unavailable', message: `${outcome.program} cannot be run.` };
    default:
      return assertNever(outcome);
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;
}
