import type { ChartTable } from './chart-table.ts';

/** The first three are the cloud's; the others are ours. */
export const CHART_TYPES = ['Line', 'Histogram', 'Pie', 'BarRace', 'Area', 'StackedBar', 'Scatter'] as const;
export type ChartType = (typeof CHART_TYPES)[number];

export const CHART_STYLES = ['Normal', 'Mystery', 'Lively', 'Business', 'Green'] as const;
export type ChartStyleName = (typeof CHART_STYLES)[number];

/** A text with its look; what is absent follows the style and the size of the video. */
export type ChartText = {
  readonly text: string;
  /** Pixels of the video. */
  readonly fontSize?: number;
  /** #rgb, #rrggbb or #rrggbbaa. */
  readonly fontColor?: string;
  /** The name of a font, such as "Microsoft YaHei"; one that is not there is replaced by the nearest that is. */
  readonly fontFile?: string;
};

export type ChartAxes = {
  readonly fontFile?: string;
  /** Pixels of the video. */
  readonly xFontSize?: number;
  readonly yFontSize?: number;
  /** Every n-th label of the x axis is written; 0 or absent = as many as have room. */
  readonly xInterval?: number;
  readonly color?: string;
};

/** Everything that a chart video depends on: the same request gives the same frames. Plain JSON. */
export type ChartRequest = {
  readonly type: ChartType;
  readonly table: ChartTable;
  readonly style: ChartStyleName;
  /** BCP 47, for numbers and the few words of ours; absent = judged by the scripts of the texts. */
  readonly language?: string;
  readonly title?: ChartText;
  readonly subtitle?: ChartText;
  readonly unit?: ChartText;
  readonly dataSource?: ChartText;
  readonly axes?: ChartAxes;
  /** Of both the image is drawn. `imagePath` is a local file: PNG, JPEG, WebP, GIF, BMP or AVIF. */
  readonly background?: { readonly color?: string; readonly imagePath?: string };
  /** Pixels; H.264 in yuv420p has even sides, so an odd one is rounded down. */
  readonly width: number;
  readonly height: number;
  /** Frames a second, a whole number. */
  readonly frameRate: number;
  /** Milliseconds of the video, and into it. */
  readonly duration: number;
  readonly titleStart: number;
  readonly chartStart: number;
};

/** Raised when the same request is drawn otherwise: what an older edition drew is not joined to what this one draws. */
export const EDITION = 2;

/** Sides that can be encoded as yuv420p. */
export function evenSize({ width, height }: Pick<ChartRequest, 'width' | 'height'>): {
  readonly width: number;
  readonly height: number;
} {
  return { width: Math.max(2, width & ~1), height: Math.max(2, height & ~1) };
}
