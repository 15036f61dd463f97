import type { ChartRequest } from './chart-request.ts';
import { timelineOf } from './timeline.ts';

/** A stretch of a video: frames from `from` up to, not including, `to`. */
export type ChartSegment = {
  /** From 0, in the order of the video. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
  /** The path of its file, an MP4. */
  readonly video: string;
};

/**
 * Seconds of video in a segment at most: 4 to 6 seconds of work at 720p, which is what a process that is killed costs.
 * An encoder of its own costs a segment 0.25 s of processor time, 2 % of the whole. Larger and faster pictures take
 * longer, and have shorter ones.
 */
const MOST_SECONDS = 20;
/** Each segment misses the bitrate by a tenth of a second's worth. */
const LEAST_SECONDS = 4;
const REFERENCE = 1280 * 720 * 30;

export function segmentSecondsOf({ width, height, frameRate }: ChartRequest): number {
  return Math.max(LEAST_SECONDS, MOST_SECONDS / Math.max(1, (width * height * frameRate) / REFERENCE));
}

/**
 * Cuts a video into stretches of equal length, as many for each lane. The same request is cut alike on each machine
 * with as many lanes, which then go on with the segments of another one.
 * @param seconds that a segment has at most
 * @param lanes segments that are drawn at the same time
 * @param pathOf the file of a segment
 */
export function cutIntoSegments(
  request: ChartRequest,
  { seconds, lanes }: { readonly seconds: number; readonly lanes: number },
  pathOf: (index: number) => string,
): ChartSegment[] {
  const { frames } = timelineOf(request);
  const rounds = Math.ceil(frames / Math.max(1, seconds * request.frameRate) / lanes);
  const count = Math.min(frames, rounds * lanes);
  return Array.from({ length: count }, (_, index) => ({
    index,
    from: Math.round((frames * index) / count),
    to: Math.round((frames * (index + 1)) / count),
    video: pathOf(index),
  }));
}

/**
 * Deals segments out, so that they are ready more or less in their order whoever draws them.
 * @param lanes at most so many are drawn at the same time
 */
export function dealOut(segments: readonly ChartSegment[], lanes: number): ChartSegment[][] {
  const count = Math.min(lanes, segments.length);
  return Array.from({ length: count }, (_, lane) => segments.filter((_segment, at) => at % count === lane));
}

export function framesOf(segments: readonly ChartSegment[]): number {
  return segments.reduce((sum, { from, to }) => sum + to - from, 0);
}
