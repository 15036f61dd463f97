import type { FrameArea } from '../video/frame-area.ts';
import { areaAround } from './area-overlap.ts';
import type { BurnedLine } from './burned-line.ts';

/** A part of the picture to paint over. */
export type DetextArea = {
  readonly area: FrameArea;
  /** Seconds, in order, apart from each other; absent = all the time. */
  readonly times?: readonly TimeSpan[];
};

type TimeSpan = { readonly from: number; readonly to: number };

/** Seconds before and after a text: its times are right to a sample step, and it may fade. */
const MARGIN = 0.3;
/** Seconds. It would flicker if it were uncovered for less. */
const LEAST_PAUSE = 0.5;
/** Parts of the picture's width and height to which areas are rounded, outwards, so that lines share them. */
const GRID = { across: 32, down: 48 };
/** Each is five filters on every picture of the video. */
const MOST_AREAS = 6;
/** With more than that the grid is made coarser: joining two takes a look at each pair. */
const MOST_GROUPS = 256;

/**
 * Areas that a caller gave are painted over all the time; text that was read, only while it stands. Lines of about the
 * same width share an area, so that a short one does not cost the picture what a long one does.
 */
export function detextAreas(
  text: { readonly areas: readonly FrameArea[] } | { readonly lines: readonly BurnedLine[] },
): DetextArea[] {
  if ('areas' in text) return text.areas.map((area) => ({ area }));
  const areas = grouped(text.lines, 1);
  while (areas.length > MOST_AREAS) joinTwo(areas);
  return areas.map(({ area, times }) => ({ area, times: united(times) }));
}

/** @param coarseness 1 = the grid as it is, 2 = twice as coarse */
function grouped(lines: readonly BurnedLine[], coarseness: number): Required<DetextArea>[] {
  const groups = new Map<string, { readonly area: FrameArea; readonly times: TimeSpan[] }>();
  for (const { area, from, to } of lines) {
    const rounded = outwards(area, coarseness);
    const key = Object.values(rounded).join(' ');
    const group = groups.get(key) ?? { area: rounded, times: [] };
    group.times.push({ from: Math.max(0, from - MARGIN), to: to + MARGIN });
    groups.set(key, group);
  }
  return groups.size > MOST_GROUPS ? grouped(lines, 2 * coarseness) : [...groups.values()];
}

function outwards({ x, y, width, height }: FrameArea, coarseness: number): FrameArea {
  const [across, down] = [GRID.across / coarseness, GRID.down / coarseness];
  const left = Math.floor(x * across) / across;
  const top = Math.floor(y * down) / down;
  const right = Math.min(1, Math.ceil((x + width) * across) / across);
  const bottom = Math.min(1, Math.ceil((y + height) * down) / down);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Replaces the two areas by one around them that paint over the least more that way. */
function joinTwo(areas: Required<DetextArea>[]): void {
  let best = { cost: Infinity, one: 0, other: 1 };
  areas.forEach((a, one) => {
    areas.forEach((b, other) => {
      if (other <= one) return;
      const around = sizeOf(areaAround(a.area, b.area));
      const cost = (around - sizeOf(a.area)) * a.times.length + (around - sizeOf(b.area)) * b.times.length;
      if (cost < best.cost) best = { cost, one, other };
    });
  });
  const [b] = areas.splice(best.other, 1);
  const a = areas[best.one];
  if (a === undefined || b === undefined) return;
  areas[best.one] = { area: areaAround(a.area, b.area), times: [...a.times, ...b.times] };
}

function sizeOf({ width, height }: FrameArea): number {
  return width * height;
}

function united(times: readonly TimeSpan[]): TimeSpan[] {
  const result: TimeSpan[] = [];
  for (const time of times.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && time.from - last.to < LEAST_PAUSE) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, time.to) };
    } else result.push(time);
  }
  return result;
}
