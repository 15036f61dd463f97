import type { FrameArea } from '../video/frame-area.ts';

/** Samples of the picture a second: a line's times are right to half of their distance, and it must stand for three. */
export const SAMPLE_RATE = 4;
/**
 * Pixels of the shorter side of the sampled picture. Letters of a usual subtitle, a twentieth of the height, are 36
 * pixels high then; with 540 the small fonts get unsure, with 1080 a minute costs twice as much.
 */
const SHORT_SIDE = 720;
/** And of the longer side, at most: a strip of 16 x 4096 would be 130 million pixels otherwise. */
const LONG_SIDE = 4 * SHORT_SIDE;

/** What the scanning process is to do: a part of a video, sampled. Paths are absolute. */
export type ScanPlan = {
  readonly ffmpeg: string;
  readonly path: string;
  /** Seconds of the recording. */
  readonly start: number;
  readonly seconds: number;
  /** Pixels of the whole picture when it is sampled, and of the part of it that is looked at. */
  readonly whole: { readonly width: number; readonly height: number };
  readonly part: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Pictures of what may be text go there, named with the prefix. */
  readonly scratch: string;
  readonly prefix: string;
};

/** Something that may be a text. */
export type Sighting = {
  /** Seconds of the recording. */
  readonly from: number;
  readonly to: number;
  readonly area: FrameArea;
  /** Its picture's name in the scratch folder: dark letters on white. */
  readonly picture: string;
};

/** In which size, and which part of it, a picture is sampled. */
export function sampledPicture(
  size: { readonly width: number; readonly height: number },
  area: FrameArea,
): Pick<ScanPlan, 'whole' | 'part'> {
  const scale = Math.min(
    SHORT_SIDE / Math.min(size.width, size.height),
    LONG_SIDE / Math.max(size.width, size.height),
  );
  const whole = { width: Math.max(2, even(size.width * scale)), height: Math.max(2, even(size.height * scale)) };
  const left = Math.min(whole.width - 2, even(area.x * whole.width, Math.floor));
  const top = Math.min(whole.height - 2, even(area.y * whole.height, Math.floor));
  const right = Math.min(whole.width, even((area.x + area.width) * whole.width, Math.ceil));
  const bottom = Math.min(whole.height, even((area.y + area.height) * whole.height, Math.ceil));
  return { whole, part: { left, top, width: Math.max(2, right - left), height: Math.max(2, bottom - top) } };
}

function even(pixels: number, round: (value: number) => number = Math.round): number {
  return Math.max(0, 2 * round(pixels / 2));
}
