import type { ChartRequest } from './chart-request.ts';

/** When what happens in a video. All in seconds. */
export type Timeline = {
  readonly frames: number;
  /** The title begins to appear. */
  readonly title: number;
  /** The axes begin to appear. */
  readonly axes: number;
  /** The values begin to move, and have come to rest. */
  readonly start: number;
  readonly end: number;
};

/** Seconds that a text or the axes take to appear. */
export const APPEARANCE = 0.6;
/** The axes are half there when the first value moves, so that it has something to stand on. */
const AXES_LEAD = 0.35;
/** The end stands still so that it can be read. */
const STILL = 1;
/** A chart that is asked to begin too late to be seen moving begins when this part of the video is left. */
const LEAST_MOTION = 0.4;

export function timelineOf(
  request: Pick<ChartRequest, 'duration' | 'frameRate' | 'titleStart' | 'chartStart'>,
): Timeline {
  const frames = Math.max(1, Math.round((request.duration * request.frameRate) / 1000));
  const length = frames / request.frameRate;
  const end = length - Math.min(STILL, length / 3);
  const latest = end - LEAST_MOTION * length;
  const chart = clamp(request.chartStart / 1000, 0, Math.max(0, latest));
  return {
    frames,
    title: clamp(request.titleStart / 1000, 0, Math.max(0, end - APPEARANCE)),
    axes: chart,
    start: Math.min(chart + AXES_LEAD, end * 0.9),
    end,
  };
}

/** The part of a span that is over at a moment, 0 to 1. */
export function passed(moment: number, from: number, seconds: number): number {
  if (seconds <= 0) return moment >= from ? 1 : 0;
  return clamp((moment - from) / seconds, 0, 1);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
