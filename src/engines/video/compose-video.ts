import { stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { assertNever } from '../../base/assert-never.ts';
import { findMediaTools, MEDIA_REMEDY, type MediaTools } from '../media/media-tools.ts';
import { MIB, SMALL_FILES } from '../program-limits.ts';
import { runProgram, type ProgramOutcome } from '../run-program.ts';
import {
  composeArguments,
  largestOutput,
  NEW_WORDS,
  OLD_WORDS,
  pictureGraph,
  type Composition,
  type Words,
} from './compose-arguments.ts';
import type { ComposeOutcome, ComposeRequest } from './compose-request.ts';
import { placeFonts } from './subtitle-fonts.ts';

/** Address space, of which threads set more aside than they use: 4K takes 0.9 GB of memory, full HD 0.3. */
const MEMORY = 6144 * MIB;
const MOST_THREADS = 4;
/** Seconds for each second of full HD at 30 frames: it takes 0.9 of one core, which others may need too. */
const SECONDS_PER_SECOND = 10;
const LEAST_TIME_LIMIT = 300;
const REFERENCE_PIXELS = 1920 * 1080 * 30;
/** For one whose container declares no length. */
const UNKNOWN_LENGTH = 12 * 3600;
/** Each is one character that stands in a warning. */
const MOST_UNDRAWN = 50;

/**
 * Makes the video of a job in one run: pictures and sound of the source, what is drawn over the pictures, and other
 * sound if there is any. MP4 with H.264 and AAC, as long as the source; times of frames are those of the source.
 * What is not changed is copied.
 * Throws the signal's reason when aborted.
 */
export async function composeVideo(request: ComposeRequest, tools: MediaTools): Promise<ComposeOutcome> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') return unavailable(found.program);
  const { ass, outPath, scratch, signal } = request;
  const graph = pictureGraph(request);
  const script = graph === undefined ? undefined : `${basename(outPath)}.graph`;
  if (graph !== undefined && script !== undefined) await writeFile(join(scratch, script), graph);
  if (ass !== undefined) await placeFonts(scratch);
  const undrawn = new Set<string>();
  const run = async (words: Words) => await runComposition(request, found.ffmpeg, { script, words }, undrawn);
  const first = await run(OLD_WORDS);
  const unknown =
    first.kind === 'exited' && /Unrecognized option|Option not found|Invalid time base/i.test(first.stderr);
  const outcome = unknown ? await run(NEW_WORDS) : first;
  signal.throwIfAborted();
  if (outcome.kind !== 'exited' || outcome.code !== 0) return failureOf(outcome);
  request.onProgress?.(1);
  return { kind: 'composed', copied: graph === undefined, undrawn: [...undrawn] };
}

async function runComposition(
  request: ComposeRequest,
  program: string,
  how: Omit<Composition, 'threads'>,
  undrawn: Set<string>,
): Promise<ProgramOutcome> {
  const { path, probed, audio, scratch, signal } = request;
  const { size } = await stat(path);
  return await runProgram({
    program,
    args: composeArguments(request, { ...how, threads: Math.min(MOST_THREADS, availableParallelism()) }),
    ...{ scratch, signal },
    reads: [path, ...(audio === undefined ? [] : [audio])],
    limits: { memory: MEMORY, fileSize: SMALL_FILES + largestOutput(request, size) },
    timeLimit: timeLimitOf(request),
    onLine: progressReader(probed.seconds, request.onProgress),
    onErrorLine: (line) => {
      const code = /failed to find any fallback with glyph 0x([\dA-F]+)/.exec(line)?.[1];
      if (code !== undefined && undrawn.size < MOST_UNDRAWN) undrawn.add(characterOf(code));
    },
  });
}

function characterOf(code: string): string {
  return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10_ffff));
}

function progressReader(seconds: number | undefined, onProgress: ComposeRequest['onProgress']) {
  let last = 0;
  return (line: string): void => {
    const time = /^out_time_us=(\d+)$/.exec(line)?.[1];
    if (time === undefined || seconds === undefined) return;
    const part = Math.min(1, Number(time) / 1e6 / seconds);
    if (part > last) onProgress?.((last = part));
  };
}

function timeLimitOf({ probed, size }: ComposeRequest): number {
  const { video, seconds = UNKNOWN_LENGTH } = probed;
  if (video === undefined) return LEAST_TIME_LIMIT + seconds;
  const { width, height } = size ?? video;
  const pixels = Math.max(width * height, video.width * video.height);
  const rate = Math.max(30, video.frameRate.frames / video.frameRate.seconds);
  return LEAST_TIME_LIMIT + seconds * SECONDS_PER_SECOND * Math.max(1, (pixels * rate) / REFERENCE_PIXELS);
}

function failureOf(outcome: ProgramOutcome): ComposeOutcome {
  switch (outcome.kind) {
    case 'exited':
      return failed(`exit code ${outcome.code}`, outcome.stderr);
    case 'crashed':
      return failed(`its process crashed (${outcome.signal})`, outcome.stderr);
    case 'timed-out':
      return failed(`not in ${Math.round(outcome.seconds)} seconds`, '');
    case 'aborted':
      return failed('it was ended', '');
    case 'not-found':
      return unavailable(outcome.program);
    default:
      return assertNever(outcome);
  }
}

function failed(why: string, stderr: string): ComposeOutcome {
  return { kind: 'failed', message: `The video could not be put together: ${why}.`, detail: stderr.slice(-2000) };
}

function unavailable(program: string): ComposeOutcome {
  return { kind: 'unavailable', message: `${program} was not found. ${MEDIA_REMEDY}` };
}
