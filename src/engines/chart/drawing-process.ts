import { writeFile } from 'node:fs/promises';
import { nodeChild } from '../node-child.ts';
import { SMALL_FILES } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';
import type { ChartRequest } from './chart-request.ts';
import type { ChartDrawing, DrawingNews } from './draw-segments.ts';
import { programFailure, type RenderFailure } from './render-failure.ts';
import { framesOf } from './segments.ts';

export type DrawingRun = {
  readonly drawing: ChartDrawing;
  /** The path of a file to be, in the scratch folder. */
  readonly plan: string;
  /** The only folder that the process can write to. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly onNews: (news: DrawingNews) => void;
};

/** Half of real time at 720p on one slow core, and time to start. More pixels take longer. */
const SECONDS_PER_FRAME = 0.3;
const LEAST_TIME_LIMIT = 120;
const REFERENCE_PIXELS = 1280 * 720;

/** Runs one drawing process to its end. Undefined = all that it was to draw is there. */
export async function runDrawing(run: DrawingRun): Promise<RenderFailure | undefined> {
  const { drawing, plan, scratch, signal, onNews } = run;
  const { request, segments, bitrate } = drawing;
  await writeFile(plan, JSON.stringify(drawing));
  const { program, args } = nodeChild('./chart-child', import.meta.url);
  const image = request.background?.imagePath;
  let last: DrawingNews | undefined;
  const outcome = await runProgram({
    program,
    args: ['--expose-gc', ...args, plan],
    scratch,
    reads: image === undefined ? [] : [image],
    // V8 sets addresses aside that it never uses; the memory in use is bounded by what is drawn.
    limits: {
      memory: 'unlimited',
      fileSize: largestVideo(request, bitrate, Math.max(0, ...segments.map((one) => framesOf([one])))),
    },
    timeLimit: drawingTime(request, framesOf(segments)),
    signal,
    onLine: (line) => {
      // Native code may have its own say.
      if (!line.startsWith('{')) return;
      last = JSON.parse(line) as DrawingNews;
      onNews(last);
    },
  });
  if (last?.kind === 'failed') {
    const about = last.reason.startsWith('the background image');
    return { kind: about ? 'unusable' : 'failed', reason: sentence(last.reason) };
  }
  if (outcome.kind === 'exited' && outcome.code === 0 && last?.kind === 'done') return undefined;
  return programFailure(outcome, 'The chart could not be drawn');
}

/** Bytes: twice what the bitrate makes of it, and room for posters and small ones. */
export function largestVideo({ frameRate }: ChartRequest, bitrate: number, frames: number): number {
  return SMALL_FILES + (2 * bitrate * 125 * frames) / frameRate;
}

/** Seconds after which something must be wrong. */
export function drawingTime({ width, height }: ChartRequest, frames: number): number {
  const pixels = Math.max(1, (width * height) / REFERENCE_PIXELS);
  return LEAST_TIME_LIMIT + frames * SECONDS_PER_FRAME * pixels;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;
}
