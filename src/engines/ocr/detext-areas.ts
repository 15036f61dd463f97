import type { FrameArea } from '../video/frame-area.ts';
import type { BurnedLine } from './burned-line.ts';

/** A part of the picture to paint over. */
export type DetextArea = {
  readonly area: FrameArea;
  /** Seconds, in order, apart from each other; absent = all the time. */
  readonly times?: readonly { readonly from: number; readonly to: number }[];
};

/** Areas that a caller gave are painted over all the time; text that was read, only while it stands. */
export function detextAreas(
  text: { readonly areas: readonly FrameArea[] } | { readonly lines: readonly BurnedLine[] },
): DetextArea[] {
  if ('areas' in text) return text.areas.map((area) => ({ area }));
  return text.lines.map(({ area, from, to }) => ({ area, times: [{ from, to }] }));
}
