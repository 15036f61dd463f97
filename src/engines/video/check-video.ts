import { findMediaTools, MEDIA_LIMITS, type MediaTools } from '../media/media-tools.ts';
import type { ProbeSurroundings } from '../media/run-probe.ts';
import { runProgram } from '../run-program.ts';
import type { FrameSize } from './compose-request.ts';
import { probeVideo, type FrameRate } from './probe-video.ts';

export type ExpectedVideo = {
  /** Undefined: any length. */
  readonly seconds: number | undefined;
  /** Of a source whose end is missing: some frames of it cannot be decoded. */
  readonly brokenOff?: boolean | undefined;
  readonly frameRate: FrameRate;
  readonly size: FrameSize;
  readonly hasAudio: boolean;
};

/** Seconds. A frame of AAC at 44.1 kHz, which cannot be cut: the length may be off by as much where frames are shorter. */
const SOUND_FRAME = 1024 / 44_100;
/** Seconds that a source which breaks off may lose of what is there of it. */
const LOST = 1;
/** Seconds of the end that are decoded: what is written last is what is missing when writing failed. */
const ENDING = 2;
const TIME_LIMIT = 300;

/**
 * Whether a video is what it should be: its streams, its size, its length to one frame of it, and its end can be
 * decoded. A sentence for the log, or undefined where all is well.
 * Throws the signal's reason when aborted.
 */
export async function checkVideo(
  path: string,
  expected: ExpectedVideo,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<string | undefined> {
  const outcome = await probeVideo(path, tools, surroundings);
  if (outcome.kind !== 'probed') return `it cannot be read: ${outcome.kind}`;
  const { video, audio, seconds = 0 } = outcome.probed;
  if (video === undefined) return 'it has no pictures';
  if ((audio !== undefined) !== expected.hasAudio) return expected.hasAudio ? 'it has no sound' : 'it has sound';
  const { width, height } = expected.size;
  if (video.width !== width || video.height !== height) {
    return `it has ${video.width}x${video.height} pixels, not ${width}x${height}`;
  }
  const frame = expected.frameRate.seconds / expected.frameRate.frames;
  const off = Math.abs(seconds - (expected.seconds ?? seconds));
  const allowed = Math.max(frame, SOUND_FRAME) + (expected.brokenOff === true ? LOST : 0.001);
  if (off > allowed) return `it lasts ${seconds} s, not ${expected.seconds} s`;
  return await endingFault(path, seconds, tools, surroundings);
}

async function endingFault(
  path: string,
  seconds: number,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<string | undefined> {
  const found = findMediaTools(tools);
  if (found.kind === 'missing') return `${found.program} was not found`;
  const outcome = await runProgram({
    program: found.ffmpeg,
    args: [
      ...['-v', 'error', '-nostdin', '-xerror', '-threads', '1'],
      ...['-ss', String(Math.max(0, seconds - ENDING)), '-i', `file:${path}`],
      ...['-map', '0', '-f', 'null', '-'],
    ],
    reads: [path],
    limits: MEDIA_LIMITS,
    timeLimit: TIME_LIMIT,
    ...surroundings,
  });
  surroundings.signal.throwIfAborted();
  if (outcome.kind !== 'exited') return `its end could not be decoded: ${outcome.kind}`;
  return outcome.code === 0 && outcome.stderr.trim() === '' ? undefined : 'its end cannot be decoded';
}
