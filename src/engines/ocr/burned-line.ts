import type { SubtitleLine } from '../subtitles/subtitle-line.ts';
import type { FrameArea } from '../video/frame-area.ts';

/** A line of text that is part of the picture. Its times are right to a sample step (0.25 s). */
export type BurnedLine = SubtitleLine & {
  /** Where it stands, its outline included. */
  readonly area: FrameArea;
  /** 0 to 1, as the reader believes, on average of its words. */
  readonly confidence: number;
};

/** Seconds. Nobody lets one subtitle stand that long; names of channels and titles of slides do. */
export const LONGEST_SUBTITLE = 20;
