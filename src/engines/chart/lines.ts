import { Path2D, type SKRSContext2D } from '@napi-rs/canvas';
import type { Look } from './chart-look.ts';
import { extentOf, type ChartTable } from './chart-table.ts';
import { hueOf } from './chart-style.ts';
import { faded } from './colour.ts';
import { easeTravel } from './easing.ts';
import { fitLineLabels } from './line-labels.ts';
import { layOutLegend } from './legend.ts';
import { valueAt, type Marks, type MarksPlan } from './marks.ts';
import { niceScale } from './nice-ticks.ts';
import { tickWriter } from './number-format.ts';
import { drawPlot, ticksWithin, type Plot } from './plot.ts';
import { tellingRows } from './thinned.ts';

type Stroke = {
  readonly index: number;
  readonly values: readonly (number | null)[];
  readonly line: Path2D;
  readonly area: Path2D | undefined;
  readonly hue: string;
};

/** Lines, or areas, that are drawn from left to right; the value travels with the tip. */
export function lineMarks(plan: MarksPlan): Marks {
  const { look, request, box } = plan;
  const area = request.type === 'Area';
  const given = plan.table;
  const stacked =
    area && given.series.length > 1 && (extentOf(given.series.map((one) => one.values))?.min ?? 0) >= 0;
  const table = stacked ? stackedTable(given) : given;
  const legend = layOutLegend(look, stacked ? given.series.map(({ name }) => name) : [], box.top);
  const top = box.top + legend.height;
  const most = ticksWithin(look, request, box.bottom - top);
  const scale = niceScale(extentOf(table.series.map(({ values }) => values)), area, most);
  const percent = table.series.some((series) => series.percent === true);
  const write = tickWriter(scale.step, Math.max(Math.abs(scale.min), Math.abs(scale.max)), percent, look.language);
  const labels = fitLineLabels(plan, table, box.bottom - top);
  const plot = drawPlot(look, request, {
    box: { ...box, top, right: Math.max(box.left + 40, box.right - labels.width) },
    yAxis: { scale, write },
    xAxis: { kind: 'points', labels: table.labels },
  });
  const strokes = table.series.map((_, index) => strokeOf(look, table, plot, index, { area, stacked, labels }));
  const last = table.labels.length - 1;
  return {
    axes: plot.canvas,
    paintStill: legend.paint,
    paint: (context, part) => {
      if (part <= 0) return;
      const place = (moment: number): number => easeTravel(Math.max(0, Math.min(1, moment))) * last;
      const position = place(part);
      context.save();
      context.beginPath();
      context.rect(0, 0, last === 0 ? look.width : plot.x(position), look.height);
      context.clip();
      for (const stroke of strokes.toReversed()) paintStroke(context, look, plot, stroke, stacked);
      context.restore();
      const tips = strokes.map(({ values }) => valueAt(values, position));
      strokes.forEach((stroke, index) =>
        paintTip(context, look, plot, { stroke, position, value: tips[index], part }),
      );
      labels.paint(context, { plot, part, place, strokes });
    },
  };
}

/** Each series on top of those before it. */
function stackedTable(table: ChartTable): ChartTable {
  const sums = table.labels.map(() => 0);
  return {
    labels: table.labels,
    series: table.series.map((series) => ({
      ...series,
      values: series.values.map((value, row) => (sums[row] = (sums[row] ?? 0) + (value ?? 0))),
    })),
  };
}

function strokeOf(
  look: Look,
  table: ChartTable,
  plot: Plot,
  index: number,
  { area, stacked, labels }: { area: boolean; stacked: boolean; labels: { named: ReadonlyMap<number, number> } },
): Stroke {
  const values = table.series[index]?.values ?? [];
  const line = new Path2D();
  const fill = area ? new Path2D() : undefined;
  const ground = plot.y(0);
  let run: number[] = [];
  const close = (): void => {
    const [first, final] = [run[0], run.at(-1)];
    if (first === undefined || final === undefined) return;
    if (run.length === 1) addDot(line, plot.x(first), plot.y(values[first] ?? 0), strokeWidth(look) / 2);
    run.forEach((row, at) => fill?.[at === 0 ? 'moveTo' : 'lineTo'](plot.x(row), plot.y(values[row] ?? 0)));
    const below = stacked && index > 0 ? table.series[index - 1]?.values : undefined;
    for (const row of run.toReversed()) fill?.lineTo(plot.x(row), below ? plot.y(below[row] ?? 0) : ground);
    fill?.closePath();
    run = [];
  };
  for (const row of tellingRows(values, plot.right - plot.left)) {
    const value = values[row] ?? undefined;
    if (value === undefined) {
      close();
      continue;
    }
    line[run.length === 0 ? 'moveTo' : 'lineTo'](plot.x(row), plot.y(value));
    run.push(row);
  }
  close();
  const order = stacked ? index : labels.named.get(index);
  const hue = order === undefined ? look.style.rule : hueOf(look.style, order);
  return { index, values, line, area: fill, hue };
}

/** A lone point between gaps: a ring that its own stroke fills, twice as wide as the line. */
function addDot(line: Path2D, x: number, y: number, radius: number): void {
  line.moveTo(x + radius, y);
  line.arc(x, y, radius, 0, 2 * Math.PI);
}

function strokeWidth(look: Look): number {
  return Math.max(1.5, look.style.lineWidth * look.base);
}

function paintStroke(
  context: SKRSContext2D,
  look: Look,
  plot: Plot,
  { line, area, hue }: Stroke,
  stacked: boolean,
): void {
  if (area !== undefined) {
    const gradient = context.createLinearGradient(0, plot.top, 0, plot.bottom);
    const strong = stacked && !look.style.glow;
    gradient.addColorStop(0, faded(hue, strong ? 0.94 : 0.45));
    gradient.addColorStop(1, faded(hue, strong ? 0.94 : 0.06));
    context.fillStyle = gradient;
    context.fill(area);
  }
  const width = strokeWidth(look);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.strokeStyle = hue;
  if (look.style.glow) {
    context.strokeStyle = faded(hue, 0.1);
    context.lineWidth = width * 6.5;
    context.stroke(line);
    context.strokeStyle = faded(hue, 0.28);
    context.lineWidth = width * 3;
    context.stroke(line);
    context.strokeStyle = hue;
  }
  context.lineWidth = width;
  context.stroke(line);
}

function paintTip(
  context: SKRSContext2D,
  look: Look,
  plot: Plot,
  tip: { stroke: Stroke; position: number; value: number | undefined; part: number },
): void {
  if (tip.value === undefined) return;
  const radius = look.style.lineWidth * look.base * 1.5 * Math.min(1, tip.part * 20);
  const [x, y] = [plot.x(tip.position), plot.y(tip.value)];
  const circle = (size: number, colour: string): void => {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.fill();
  };
  if (look.style.glow) circle(radius * 3, faded(tip.stroke.hue, 0.22));
  else circle(radius + Math.max(1, look.base * 0.1), look.style.paper[0]);
  circle(radius, look.style.glow ? look.style.ink : tip.stroke.hue);
}
