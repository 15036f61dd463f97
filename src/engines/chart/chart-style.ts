import type { ChartStyleName } from './chart-request.ts';
import { between, contrast, rgbOf } from './colour.ts';
import { easeInOut, easeOut, easeSlow, easeSpring, type Easing } from './easing.ts';

/** One look. Lengths are parts of the base text size, so that they hold at any size of video. */
export type ChartStyle = {
  /** From top to bottom. */
  readonly paper: readonly [string, string];
  /** Texts that are read first, texts that are read last, lines that are hardly seen. */
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  /** In the order of the series; apart for colour-blind viewers, and from their neighbours. */
  readonly palette: readonly string[];
  readonly barRadius: number;
  /** Of a bar's place, what the bar takes. */
  readonly barWidth: number;
  readonly lineWidth: number;
  readonly glow: boolean;
  /** How values come to rest, and how much of the time each of several takes (less = one after the other). */
  readonly grow: Easing;
  readonly overlap: number;
  readonly align: 'left' | 'center';
  readonly ornament: 'none' | 'rule' | 'bar' | 'leaf';
  /** Space between header and chart. */
  readonly air: number;
};

/** White paper, ink, one strong hue and greys. */
const normal: ChartStyle = {
  paper: ['#ffffff', '#ffffff'],
  ink: '#16181d',
  muted: '#5d6470',
  rule: '#e4e6ea',
  palette: ['#1d5fd6', '#9aa1ac', '#3d434d', '#8fb6f5', '#c9ced6', '#0f3170', '#6d7583', '#5b93ee'],
  barRadius: 0.12,
  barWidth: 0.62,
  lineWidth: 0.2,
  glow: false,
  grow: easeOut,
  overlap: 0.45,
  align: 'left',
  ornament: 'none',
  air: 1.2,
};

/** Deep blue and slate, thin rules. */
const business: ChartStyle = {
  ...normal,
  paper: ['#f6f8fb', '#eaeff5'],
  ink: '#0c2340',
  muted: '#4e6077',
  rule: '#cfd8e3',
  palette: ['#0b3c7d', '#8492a7', '#2f86d1', '#b6c2d0', '#122033', '#7fc0e8', '#54677f', '#d9a441'],
  barRadius: 0,
  barWidth: 0.54,
  lineWidth: 0.16,
  grow: easeInOut,
  overlap: 0.6,
  ornament: 'rule',
};

/** Warm hues, rounded bars, quick easing. */
const lively: ChartStyle = {
  ...normal,
  paper: ['#fff8ee', '#ffefdb'],
  ink: '#3b1f14',
  muted: '#86604b',
  rule: '#f1dcc2',
  palette: ['#e8471c', '#f6ab17', '#8a2f8f', '#13988e', '#f0accc', '#5b3314', '#4e74d9', '#7e8c5b'],
  barRadius: 1,
  barWidth: 0.68,
  lineWidth: 0.3,
  grow: easeSpring,
  overlap: 0.34,
  ornament: 'bar',
};

/** Near-black, glowing thin lines, slow easing. */
const mystery: ChartStyle = {
  ...normal,
  paper: ['#0b0d17', '#05060b'],
  ink: '#eef1ff',
  muted: '#949bb8',
  rule: '#20253a',
  palette: ['#39d0ff', '#ff4f9a', '#ffd84d', '#7a6bff', '#b9f5d0', '#ff8a3c', '#2f9e8f', '#a968bb'],
  barRadius: 0.1,
  barWidth: 0.42,
  lineWidth: 0.11,
  glow: true,
  grow: easeSlow,
  overlap: 0.7,
  align: 'center',
};

/** Off-white, leaf and moss, generous space. */
const green: ChartStyle = {
  ...normal,
  paper: ['#fbfbf5', '#f3f5e9'],
  ink: '#1e2f22',
  muted: '#5f7260',
  rule: '#dfe5d3',
  palette: ['#408756', '#b9d36c', '#1f4a33', '#cb9954', '#84b79a', '#6e5a3c', '#e6dca8', '#928d16'],
  barRadius: 0.3,
  barWidth: 0.5,
  lineWidth: 0.22,
  grow: easeOut,
  overlap: 0.55,
  ornament: 'leaf',
  air: 1.9,
};

export const STYLES: Readonly<Record<ChartStyleName, ChartStyle>> = {
  Normal: normal,
  Mystery: mystery,
  Lively: lively,
  Business: business,
  Green: green,
};

/** Of a colour that is used a second time, how much of it is ink, or paper. */
const SECOND = 0.42;

/** The colour of the n-th series. A second round of the palette is darker where the first is light, and lighter else. */
export function hueOf(style: ChartStyle, index: number): string {
  const { palette, ink, paper } = style;
  const hue = palette[index % palette.length] ?? ink;
  const isSecond = Math.floor(index / palette.length) % 2 === 1;
  if (!isSecond) return hue;
  const far = contrast(rgbOf(hue), rgbOf(ink)) > contrast(rgbOf(hue), rgbOf(paper[0])) ? ink : paper[0];
  return between(hue, far, SECOND);
}
