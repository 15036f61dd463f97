import type { Canvas } from '@napi-rs/canvas';
import { fontFamilies } from './chart-fonts.ts';
import { fitCategoryLabels, type CategoryLabels, type CategoryRoom } from './category-labels.ts';
import { plainFont, scaled, type Look } from './chart-look.ts';
import type { ChartRequest } from './chart-request.ts';
import { checkedColour } from './colour.ts';
import { drawStage } from './echarts-stage.ts';
import { MOST_TICKS, ticksOf, type NiceScale } from './nice-ticks.ts';
import type { NumberWriter } from './number-format.ts';
import { cleanText } from './text-fit.ts';
import { clamp } from './timeline.ts';

export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Axes that stand, and where values lie on them. */
export type Plot = Box & {
  readonly canvas: Canvas;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Pixels of one category; of a value axis, 0. */
  readonly band: number;
};

export type ValueAxis = { readonly scale: NiceScale; readonly write: NumberWriter };

export type PlotPlan = {
  readonly box: Box;
  readonly yAxis: ValueAxis;
  readonly xAxis:
    | { readonly kind: 'bands' | 'points'; readonly labels: readonly string[] }
    | ({ readonly kind: 'values' } & ValueAxis);
};

/** Axes drawn by ECharts: a quiet grid behind, nice numbers beside it, labels that do not touch below it. */
export function drawPlot(look: Look, request: ChartRequest, plan: PlotPlan): Plot {
  const axes = request.axes ?? {};
  const { box, xAxis, yAxis } = plan;
  const families = fontFamilies(axes.fontFile);
  const ySize = bounded(axes.yFontSize, scaled(look, 0), look);
  const xSize = bounded(axes.xFontSize, scaled(look, 0), look);
  const ticks = ticksOf(yAxis.scale).map((tick) => look.measure(yAxis.write(tick), plainFont(look, ySize)));
  const gap = look.base * 0.55;
  const left = box.left + Math.max(...ticks) + gap;
  const band = xAxis.kind === 'values' ? 0 : bandOf(xAxis, box.right - left);
  const inset = xAxis.kind === 'bands' ? band / 2 : 0;
  const ends = { ahead: left - box.left + inset, behind: look.width - look.margin.x - box.right + inset };
  const labels =
    xAxis.kind === 'values' ? undefined : fitted(look, request, plan, { band, size: xSize, families, ...ends });
  const bottom = box.bottom - gap - (labels?.height ?? xSize * 1.3);
  const top = Math.min(box.top + ySize * 0.6, bottom - 10);
  const grid = { left, top, width: Math.max(10, box.right - left), height: bottom - top, outerBoundsMode: 'none' };
  const option = axesOption(look, plan, { families, labels, xSize, ySize, gap, colour: checkedColour(axes.color) });
  const stage = drawStage({ grid, ...option }, look.width, look.height);
  const middle = (yAxis.scale.min + yAxis.scale.max) / 2;
  const one = xAxis.kind === 'values' ? xAxis.scale.min : 0;
  const other = xAxis.kind === 'values' ? xAxis.scale.max : Math.max(1, xAxis.labels.length - 1);
  return {
    canvas: stage.canvas,
    left,
    right: Math.max(left + 10, box.right),
    top,
    bottom,
    band,
    x: linear(one, stage.pixel(one, middle)[0], other, stage.pixel(other, middle)[0], left + band / 2),
    y: linear(
      yAxis.scale.min,
      stage.pixel(one, yAxis.scale.min)[1],
      yAxis.scale.max,
      stage.pixel(one, yAxis.scale.max)[1],
      bottom,
    ),
  };
}

type AxesLook = {
  readonly families: string;
  readonly labels: CategoryLabels | undefined;
  readonly xSize: number;
  readonly ySize: number;
  readonly gap: number;
  readonly colour: string | undefined;
};

function axesOption(look: Look, { xAxis, yAxis }: PlotPlan, given: AxesLook): object {
  const { families, labels, xSize, ySize, gap, colour } = given;
  const ink = { fontFamily: families, color: colour ?? look.style.muted, margin: gap };
  const rule = { color: look.style.rule, width: Math.max(1, look.base * 0.06) };
  const axisLine = { show: true, onZero: false, lineStyle: { ...rule, color: colour ?? look.style.muted } };
  const axisTick = { show: false };
  const byValue = xAxis.kind === 'values';
  // Labels that are not written cost as much as others: 300,000 rows took 17 s and a gigabyte.
  const isWritten = (index: number): boolean => labels?.texts[index] !== '';
  const xLabel = { ...ink, fontSize: labels?.size ?? xSize, hideOverlap: false, rotate: labels?.rotate ?? 0 };
  return {
    xAxis: {
      ...(byValue ? valueScale(xAxis) : categoryScale(xAxis.kind === 'bands', labels)),
      axisTick,
      axisLine,
      splitLine: { show: byValue, lineStyle: rule },
      axisLabel: { ...xLabel, ...(byValue ? { formatter: xAxis.write } : { interval: isWritten }) },
    },
    yAxis: {
      ...valueScale(yAxis),
      axisTick,
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: rule },
      axisLabel: { ...ink, fontSize: ySize, formatter: yAxis.write },
    },
  };
}

function valueScale({ scale }: ValueAxis): object {
  return { type: 'value', min: scale.min, max: scale.max, interval: scale.step };
}

function categoryScale(bands: boolean, labels: CategoryLabels | undefined): object {
  const data = labels?.texts.map((value, index) => {
    const align = labels.aligns[index] ?? 'center';
    return align === 'center' ? value : { value, textStyle: { align } };
  });
  return { type: 'category', boundaryGap: bands, data: data ?? [] };
}

function bandOf({ kind, labels }: { kind: 'bands' | 'points'; labels: readonly string[] }, width: number): number {
  return width / Math.max(1, kind === 'bands' ? labels.length : labels.length - 1);
}

function fitted(
  look: Look,
  request: ChartRequest,
  { box, xAxis }: PlotPlan,
  given: Pick<CategoryRoom, 'band' | 'size' | 'families' | 'ahead' | 'behind'>,
): CategoryLabels | undefined {
  if (xAxis.kind === 'values') return undefined;
  return fitCategoryLabels({
    ...given,
    labels: xAxis.labels.map(cleanText),
    every: Math.max(0, Math.floor(request.axes?.xInterval ?? 0)),
    tallest: (box.bottom - box.top) * 0.28,
    all: xAxis.kind === 'bands',
    measure: look.measure,
  });
}

/** How many ticks the value axis has room for, in a plot that with the labels under it is so many pixels high. */
export function ticksWithin(look: Look, { axes }: ChartRequest, height: number): number {
  const [xSize, ySize] = [axes?.xFontSize, axes?.yFontSize].map((given) => bounded(given, scaled(look, 0), look));
  return clamp(Math.floor((height - 2 * (xSize ?? 0)) / (1.7 * (ySize ?? 1))), 3, MOST_TICKS);
}

/** A font size of the caller, kept where the chart still has room for itself. */
function bounded(given: number | undefined, normal: number, look: Look): number {
  return Math.round(Math.min(given ?? normal, Math.min(look.width, look.height) * 0.06));
}

/** ECharts' conversion is linear on these axes: two of its points give all, at a thousandth of the time. */
function linear(from: number, at: number, to: number, end: number, alone: number): (value: number) => number {
  if (from === to || !Number.isFinite(at) || !Number.isFinite(end)) return () => alone;
  const slope = (end - at) / (to - from);
  return (value) => at + (value - from) * slope;
}
