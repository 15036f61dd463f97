import type { SKRSContext2D } from '@napi-rs/canvas';
import { ARROWS, plainFont, scaled, type Look } from './chart-look.ts';
import { extentOf } from './chart-table.ts';
import { hueOf } from './chart-style.ts';
import { faded } from './colour.ts';
import { staggered } from './easing.ts';
import type { Marks, MarksPlan } from './marks.ts';
import { MOST_TICKS, niceScale, ticksOf } from './nice-ticks.ts';
import { tickWriter } from './number-format.ts';
import { drawPlot, ticksWithin, type Plot, type ValueAxis } from './plot.ts';
import { cleanText, ellipsized } from './text-fit.ts';

type Point = { readonly x: number; readonly y: number; readonly radius: number; readonly name: string };

type PointLabel = { readonly point: number; readonly text: string; readonly x: number; readonly y: number };

const MOST_LABELS = 40;

/** Points that appear from left to right. Names stand beside them where there is room for them. */
export function scatterMarks(plan: MarksPlan): Marks {
  const { look, request, table, box } = plan;
  const [first, second, third] = table.series;
  const xs = second === undefined ? table.labels.map((_, row) => row + 1) : (first?.values ?? []);
  const ys = (second ?? first)?.values ?? [];
  const names = second === undefined ? [] : [first?.name ?? '', second.name];
  const size = scaled(look, 0);
  const axis = (values: readonly (number | null)[], percent: boolean, most?: number): ValueAxis => {
    const scale = niceScale(extentOf([values]), false, most);
    const largest = Math.max(Math.abs(scale.min), Math.abs(scale.max));
    return { scale, write: tickWriter(scale.step, largest, percent, look.language) };
  };
  const named = names.length > 0 ? size * 1.5 : 0;
  const percent = second !== undefined && first?.percent === true;
  const across = acrossWithin(look, box.right - box.left, (most) => axis(xs, percent, most));
  // The last number of the axis stands under its end, half of it beyond.
  const right = box.right - widthOf(look, across, [across.scale.max]) / 2;
  const inside = { ...box, right, top: box.top + named, bottom: box.bottom - named };
  const most = ticksWithin(look, request, inside.bottom - inside.top);
  const plot = drawPlot(look, request, {
    box: inside,
    yAxis: axis(ys, (second ?? first)?.percent === true, most),
    xAxis: { kind: 'values', ...across },
  });
  const points = pointsOf(plan, plot, { xs, ys, sizes: third?.values ?? [] });
  const labels = placeLabels(look, plot, points);
  return {
    axes: plot.canvas,
    paintStill: (context) => paintNames(context, plan, plot, names),
    paint: (context, part) => {
      const shown = (index: number): number => look.style.grow(staggered(part, index, points.length, 0.12));
      points.forEach((point, index) => paintPoint(context, look, point, shown(index)));
      context.font = plainFont(look, scaled(look, 0));
      context.fillStyle = look.style.ink;
      for (const label of labels) {
        context.globalAlpha = Math.min(1, Math.max(0, shown(label.point)));
        context.fillText(label.text, label.x, label.y);
      }
      context.globalAlpha = 1;
    },
  };
}

/** Numbers side by side take more room than one over the other: as many as do not touch. */
function acrossWithin(look: Look, width: number, axis: (most: number) => ValueAxis): ValueAxis {
  for (let most = MOST_TICKS; ; most -= 1) {
    const found = axis(most);
    const ticks = ticksOf(found.scale);
    if (most === 3 || ticks.length * (widthOf(look, found, ticks) + look.base) <= width) return found;
  }
}

function widthOf(look: Look, { write }: ValueAxis, ticks: readonly number[]): number {
  const font = plainFont(look, scaled(look, 0));
  return Math.max(...ticks.map((tick) => look.measure(write(tick), font)));
}

type Columns = Readonly<Record<'xs' | 'ys' | 'sizes', readonly (number | null)[]>>;

function pointsOf({ look, table }: MarksPlan, plot: Plot, { xs, ys, sizes }: Columns): Point[] {
  const largest = extentOf([sizes])?.max ?? 0;
  const many = Math.min(1, Math.sqrt(60 / Math.max(1, table.labels.length)));
  const normal = Math.max(2, look.base * 0.55 * many);
  return table.labels
    .flatMap((name, row) => {
      const [x, y] = [xs[row] ?? undefined, ys[row] ?? undefined];
      if (x === undefined || y === undefined) return [];
      const weight = largest > 0 ? Math.sqrt(Math.max(0, sizes[row] ?? 0) / largest) : undefined;
      const radius = weight === undefined ? normal : normal * (0.5 + 2.6 * weight);
      return [{ x: plot.x(x), y: plot.y(y), radius, name: cleanText(name) }];
    })
    .toSorted((a, b) => a.x - b.x);
}

function paintPoint(context: SKRSContext2D, look: Look, { x, y, radius }: Point, shown: number): void {
  if (shown <= 0) return;
  const hue = hueOf(look.style, 0);
  const circle = (size: number, colour: string): void => {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, Math.max(0, size), 0, 2 * Math.PI);
    context.fill();
  };
  if (look.style.glow) {
    circle(radius * 1.25 * shown, faded(hue, 0.1));
    circle(radius * shown, faded(hue, 0.22));
    circle(Math.max(2, radius * 0.42) * shown, hue);
    return;
  }
  circle(radius * shown, faded(hue, 0.78));
}

function paintNames(context: SKRSContext2D, { look, box }: MarksPlan, plot: Plot, names: readonly string[]): void {
  const [across, up] = names;
  if (across === undefined || up === undefined) return;
  const size = scaled(look, 0);
  const font = plainFont(look, size);
  context.font = font;
  context.fillStyle = look.style.ink;
  const width = plot.right - plot.left;
  context.fillText(
    ellipsized(`${ARROWS.up} ${cleanText(up)}`, width, font, look.measure),
    plot.left,
    plot.top - size * 0.9,
  );
  context.textAlign = 'right';
  const text = ellipsized(`${cleanText(across)} ${ARROWS.across}`, width, font, look.measure);
  context.fillText(text, plot.right, box.bottom - size * 0.3);
  context.textAlign = 'left';
}

/** Right of its point, else left, above, below; none where all four are taken. */
function placeLabels(look: Look, plot: Plot, points: readonly Point[]): PointLabel[] {
  if (points.length > MOST_LABELS) return [];
  const size = scaled(look, 0);
  const font = plainFont(look, size);
  const taken = points.map(({ x, y, radius }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  return points.flatMap(({ x, y, radius, name }, point) => {
    const text = ellipsized(name, (plot.right - plot.left) * 0.25, font, look.measure);
    if (text === '') return [];
    const width = look.measure(text, font);
    const gap = radius + size * 0.3;
    const spots = [
      [x + gap, y + size * 0.35],
      [x - gap - width, y + size * 0.35],
      [x - width / 2, y - gap],
      [x - width / 2, y + gap + size * 0.75],
    ] as const;
    for (const [left, base] of spots) {
      const box = { left, right: left + width, top: base - size * 0.9, bottom: base + size * 0.25 };
      const inside =
        box.left >= plot.left && box.right <= plot.right && box.top >= plot.top && box.bottom <= plot.bottom;
      const free = taken.every(
        (other) =>
          other.right < box.left || other.left > box.right || other.bottom < box.top || other.top > box.bottom,
      );
      if (!inside || !free) continue;
      taken.push(box);
      return [{ point, text, x: left, y: base }];
    }
    return [];
  });
}
