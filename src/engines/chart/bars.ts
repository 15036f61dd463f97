import type { SKRSContext2D } from '@napi-rs/canvas';
import { fitBarLabels, paintBarLabels, type BarLabels } from './bar-labels.ts';
import type { Look } from './chart-look.ts';
import { extentOf, type ChartExtent, type ChartTable } from './chart-table.ts';
import { hueOf } from './chart-style.ts';
import { faded } from './colour.ts';
import { staggered } from './easing.ts';
import { layOutLegend } from './legend.ts';
import type { Marks, MarksPlan } from './marks.ts';
import { niceScale } from './nice-ticks.ts';
import { tickWriter } from './number-format.ts';
import { drawPlot, ticksWithin, type Box, type Plot } from './plot.ts';
import { thinnedRows } from './thinned.ts';

/** Fewer pixels for one bar, and they would melt into a carpet. */
const NARROWEST = 3;
/** Of the height, what slanted names leave to the bars. */
const LEVEL = 0.75;

type LabelledBar = { readonly category: number; readonly series: number; readonly value: number };

type Bar = {
  readonly category: number;
  readonly series: number;
  readonly left: number;
  readonly width: number;
  /** Where it stands on (zero, or the bar below it) and its value. */
  readonly from: number;
  readonly value: number;
  /** Whether its end is the end of its stack. */
  readonly outer: boolean;
};

/** Bars side by side (Histogram), or on top of one another (StackedBar), growing one after the other. */
export function barMarks(plan: MarksPlan): Marks {
  const { look, request, box } = plan;
  const stacked = request.type === 'StackedBar';
  const perCategory = stacked ? 1 : Math.max(1, plan.table.series.length);
  const most = Math.max(1, Math.floor((box.right - box.left) / (NARROWEST * perCategory)));
  const table = thinnedRows(plan.table, most);
  const legend = layOutLegend(
    look,
    table.series.map(({ name }) => name),
    box.top,
  );
  const shown = labelled(table, stacked);
  const place = ((box.right - box.left) * 0.93) / Math.max(1, table.labels.length * (stacked ? 1 : perCategory));
  const values = shown.map(({ value }) => value);
  const fitted = fitBarLabels(look, values, perCategory > 1 ? place * 0.84 : place, plan.write);
  // In a low picture the bars need the room more than their numbers do.
  const labels =
    fitted !== undefined && fitted.room < (box.bottom - box.top - legend.height) * 0.3 ? fitted : undefined;
  const ends = stacked ? stackEnds(table) : table.series.map((series) => series.values);
  const top = box.top + legend.height + (labels?.room ?? 0);
  const scale = niceScale(
    withRoomBelow(extentOf(ends), labels, box),
    true,
    ticksWithin(look, request, (box.bottom - top) * LEVEL),
  );
  const percent = table.series.some((series) => series.percent === true);
  const write = tickWriter(scale.step, Math.max(Math.abs(scale.min), scale.max), percent, look.language);
  const plot = drawPlot(look, request, {
    box: { ...box, top },
    yAxis: { scale, write },
    xAxis: { kind: 'bands', labels: table.labels },
  });
  const bars = stacked ? stackedBars(look, table, plot) : groupedBars(look, table, plot);
  const width = groupWidth(look, plot, perCategory);
  return {
    axes: plot.canvas,
    paintStill: legend.paint,
    paint: (context, part) => {
      const grown = (category: number): number =>
        look.style.grow(staggered(part, category, table.labels.length, look.style.overlap));
      for (const bar of bars) paintBar(context, look, plot, bar, grown(bar.category));
      if (labels === undefined) return;
      const painted = shown.flatMap(({ category, series, value }) => {
        const done = grown(category);
        const x = plot.x(category) + (stacked ? 0 : ((series + 0.5) / perCategory - 0.5) * width);
        const text = plan.write(value * Math.min(1, done));
        const end = { x, y: plot.y(value * done), below: value < 0, text, alpha: Math.min(1, done * 4) };
        return done > 0 ? [end] : [];
      });
      paintBarLabels(context, look, labels, painted);
    },
  };
}

/** Labels under negative bars must not reach the names of the categories. */
function withRoomBelow(
  extent: ChartExtent | undefined,
  labels: BarLabels | undefined,
  box: Box,
): ChartExtent | undefined {
  if (extent === undefined || extent.min >= 0 || labels === undefined) return extent;
  const span = Math.max(0, extent.max) - extent.min;
  return { ...extent, min: extent.min - (span * labels.room * 1.3) / Math.max(1, box.bottom - box.top) };
}

function groupWidth(look: Look, plot: Plot, series: number): number {
  return plot.band * (series > 1 ? Math.min(0.84, look.style.barWidth + 0.18) : look.style.barWidth);
}

function stackEnds({ labels, series }: ChartTable): number[][] {
  const ends = (sign: 1 | -1): number[] =>
    labels.map((_, row) =>
      series.reduce((sum, { values }) => sum + sign * Math.max(0, sign * (values[row] ?? 0)), 0),
    );
  return [ends(1), ends(-1)];
}

function groupedBars(look: Look, { labels, series }: ChartTable, plot: Plot): Bar[] {
  const group = groupWidth(look, plot, series.length);
  const width = group / Math.max(1, series.length);
  return labels.flatMap((_, category) =>
    series.flatMap(({ values }, index) => {
      const value = values[category] ?? undefined;
      if (value === undefined) return [];
      const left = plot.x(category) - group / 2 + index * width;
      return [
        {
          category,
          series: index,
          left,
          width: width * (series.length > 1 ? 0.92 : 1),
          from: 0,
          value,
          outer: true,
        },
      ];
    }),
  );
}

function stackedBars(look: Look, { labels, series }: ChartTable, plot: Plot): Bar[] {
  const width = plot.band * look.style.barWidth;
  return labels.flatMap((_, category) => {
    const ends = { up: 0, down: 0 };
    const bars = series.flatMap(({ values }, index) => {
      const value = values[category] ?? 0;
      if (value === 0) return [];
      const side = value < 0 ? 'down' : 'up';
      const from = ends[side];
      ends[side] += value;
      return [{ category, series: index, left: plot.x(category) - width / 2, width, from, value }];
    });
    const outer = { up: bars.findLast(({ value }) => value > 0), down: bars.findLast(({ value }) => value < 0) };
    return bars.map((bar) => Object.assign(bar, { outer: bar === outer.up || bar === outer.down }));
  });
}

function paintBar(context: SKRSContext2D, look: Look, plot: Plot, bar: Bar, grown: number): void {
  if (grown <= 0 || bar.value === 0) return;
  const near = plot.y(bar.from * grown);
  const far = plot.y((bar.from + bar.value) * grown);
  const top = Math.min(near, far);
  const height = Math.abs(far - near);
  const round = bar.outer ? Math.min(look.style.barRadius * look.base, bar.width / 2, height) : 0;
  const hue = hueOf(look.style, bar.series);
  context.beginPath();
  context.roundRect(bar.left, top, bar.width, height, bar.value < 0 ? [0, 0, round, round] : [round, round, 0, 0]);
  if (look.style.glow) {
    const gradient = context.createLinearGradient(0, far, 0, near);
    gradient.addColorStop(0, hue);
    gradient.addColorStop(1, faded(hue, 0.12));
    context.fillStyle = gradient;
    context.fill();
    const edge = Math.max(1.5, look.base * 0.12);
    for (const [width, alpha] of [
      [edge * 7, 0.1],
      [edge * 3, 0.22],
      [edge, 1],
    ] as const) {
      context.fillStyle = faded(hue, alpha);
      context.fillRect(bar.left - (width - edge) / 2, far - width / 2, bar.width + width - edge, width);
    }
    return;
  }
  context.fillStyle = hue;
  context.fill();
}

/** What is written: each bar's value, or over each stack of positive values their sum. */
function labelled(table: ChartTable, stacked: boolean): LabelledBar[] {
  const { labels, series } = table;
  if (!stacked) {
    return labels.flatMap((_, category) =>
      series.flatMap(({ values }, index) => {
        const value = values[category] ?? undefined;
        return value === undefined ? [] : [{ category, series: index, value }];
      }),
    );
  }
  return labels.flatMap((_, category) => {
    const values = series.map((one) => one.values[category] ?? 0);
    const value = values.reduce((sum, one) => sum + one, 0);
    return value > 0 && values.every((one) => one >= 0) ? [{ category, series: 0, value }] : [];
  });
}
