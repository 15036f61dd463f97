import type { ChartRequest } from './chart-request.ts';

/** When what happens in a video. All in seconds. */
export type Timeline = {
  readonly frames: number;
  /** The title begins to appear. */
  readonly title: number;
  /** How fast the texts appear, as a part of the usual time: less than 1 where the video is too short for it. */
  readonly pace: number;
  /** The axes begin to appear, and how long they take. */
  readonly axes: number;
  readonly axesTime: number;
  /** The values begin to move, and have come to rest. */
  readonly start: number;
  readonly end: number;
};

/** Seconds that a text or the axes take to appear. */
export const APPEARANCE = 0.6;
/** Seconds behind the title's start at which the other texts begin to appear, and all of them have. */
export const DELAYS = { subtitle: 0.15, source: 0.3 } as const;
export const ALL_TEXTS = APPEARANCE + DELAYS.source;
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
  // Of two frames the last is not yet at two thirds of the time; it shows the end all the same.
  const end = Math.min(length - Math.min(STILL, length / 3), (frames - 1) / request.frameRate);
  const latest = end - LEAST_MOTION * length;
  const chart = clamp(request.chartStart / 1000, 0, Math.max(0, latest));
  return {
    frames,
    title: clamp(request.titleStart / 1000, 0, Math.max(0, end - ALL_TEXTS)),
    pace: Math.min(1, end / ALL_TEXTS),
    axes: chart,
    axesTime: Math.min(APPEARANCE, end - chart),
    start: Math.min(chart + AXES_LEAD, end * 0.9),
    end,
  };
}

/** The part of a span that is over at a moment, 0 to 1. */
export function passed(moment: number, from: number, seconds: number): number {
  if (moment >= from + seconds - 1e-9) return 1;
  return clamp((moment - from) / seconds, 0, 1);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
