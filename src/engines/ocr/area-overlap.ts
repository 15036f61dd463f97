import type { FrameArea } from '../video/frame-area.ts';
import type { Span } from './time-index.ts';

/** Length that two spans have in common; 0 where they are apart. */
export function commonLength(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

export function across({ x, width }: FrameArea): Span {
  return { from: x, to: x + width };
}

export function down({ y, height }: FrameArea): Span {
  return { from: y, to: y + height };
}

/** What two areas have in common, as a part of the smaller: 0 to 1. */
export function areaOverlap(a: FrameArea, b: FrameArea): number {
  const common = commonLength(across(a), across(b)) * commonLength(down(a), down(b));
  const smaller = Math.min(a.width * a.height, b.width * b.height);
  return smaller === 0 ? 0 : common / smaller;
}

/** The smallest area around both. */
export function areaAround(a: FrameArea, b: FrameArea): FrameArea {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
