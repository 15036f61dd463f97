import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainFont, scaled, type Look } from './chart-look.ts';
import type { ChartTable } from './chart-table.ts';
import { between, contrast, rgbOf } from './colour.ts';
import { valueAt, type MarksPlan } from './marks.ts';
import type { Plot } from './plot.ts';
import { pushApart } from './push-apart.ts';
import { smoothed } from './smoothed.ts';
import { cleanText, ellipsized } from './text-fit.ts';
import { toldApart } from './told-apart.ts';

type Labelled = { readonly index: number; readonly values: readonly (number | null)[]; readonly hue: string };

type Moment = {
  readonly plot: Plot;
  readonly part: number;
  /** The row at a part of the motion. */
  readonly place: (part: number) => number;
  readonly strokes: readonly Labelled[];
};

/** Values, and names where there are several lines, that travel at the tips. */
export type LineLabels = {
  /** Pixels that they need right of the plot. */
  readonly width: number;
  /** The series that have a label, with the number of their hue; the others are drawn as a quiet background. */
  readonly named: ReadonlyMap<number, number>;
  readonly paint: (context: SKRSContext2D, moment: Moment) => void;
};

/** Beyond this many, lines are told apart by nobody. */
const MOST_NAMED = 8;
const WIDEST_NAME = 0.2;
/** Seconds in which labels whose lines cross change places. */
const GLIDE = 0.6;

/** @param table what is drawn, which for stacked areas is sums; the values written are those of the plan */
export function fitLineLabels(plan: MarksPlan, table: ChartTable, height: number): LineLabels {
  const { look, write } = plan;
  const stacked = plan.table !== table;
  const lone = table.series.length === 1;
  const steps = lone ? 2 : table.series.length <= 4 ? 1 : 0;
  const size = scaled(look, steps);
  const gap = size * 1.28;
  const count = Math.min(MOST_NAMED, Math.max(1, Math.floor(height / gap)));
  const named = new Map(endingHighest(table, count).map((index, hue) => [index, hue]));
  const valueFont = plainFont(look, size, 700);
  const nameFont = plainFont(look, Math.min(size, scaled(look, 0)));
  const names = table.series.map(({ name }) =>
    lone || stacked ? '' : ellipsized(cleanText(name), look.width * WIDEST_NAME, nameFont, look.measure),
  );
  const widest = (texts: readonly string[], font: string): number =>
    texts.reduce((most, text) => Math.max(most, look.measure(text, font)), 0);
  const ends = plan.table.series.flatMap(({ values }, index) =>
    named.has(index) ? sampled(values).map((value) => write(value)) : [],
  );
  const inset = look.base * 0.6;
  const nameWidth = widest(
    [...named.keys()].map((index) => names[index] ?? ''),
    nameFont,
  );
  return {
    width: inset + widest(ends, valueFont) + (nameWidth > 0 ? nameWidth + size * 0.35 : 0),
    named,
    paint: (context, { plot, part, place, strokes }) => {
      const shown = strokes.filter(({ index }) => named.has(index));
      const offsets = smoothed(part, GLIDE / plan.seconds, (moment) => offsetsAt(shown, plot, place(moment), gap));
      const position = place(part);
      const rows = shown.map(({ values }) => lastKnown(values, position));
      const middles = shown.map(
        ({ values }, at) => plot.y(valueAt(values, rows[at] ?? 0) ?? 0) + (offsets[at] ?? 0),
      );
      const seen = toldApart(middles.map((middle) => middle / gap));
      shown.forEach(({ index, hue }, at) => {
        const row = rows[at] ?? 0;
        const told = valueAt(plan.table.series[index]?.values ?? [], row);
        if (told === undefined) return;
        context.globalAlpha = seen[at] ?? 1;
        paintLabel(context, look, {
          x: plot.x(row) + inset,
          y: (middles[at] ?? 0) + size * 0.36,
          value: write(told),
          name: names[index] ?? '',
          hue,
          valueFont,
          nameFont,
          size,
        });
      });
      context.globalAlpha = 1;
    },
  };
}

function paintLabel(
  context: SKRSContext2D,
  look: Look,
  label: {
    x: number;
    y: number;
    value: string;
    name: string;
    hue: string;
    valueFont: string;
    nameFont: string;
    size: number;
  },
): void {
  const ground = rgbOf(look.style.paper[0]);
  const readable = contrast(rgbOf(label.hue), ground) >= 3 ? label.hue : between(label.hue, look.style.ink, 0.6);
  context.textAlign = 'left';
  context.font = label.valueFont;
  context.fillStyle = readable;
  context.fillText(label.value, label.x, label.y);
  if (label.name === '') return;
  const width = look.measure(label.value, label.valueFont);
  context.font = label.nameFont;
  context.fillStyle = look.style.ink;
  context.fillText(label.name, label.x + width + label.size * 0.35, label.y);
}

/** How far each label is moved from its tip so that none touches another. */
function offsetsAt(shown: readonly Labelled[], plot: Plot, position: number, gap: number): number[] {
  const wished = shown.map(({ values }) => plot.y(valueAt(values, lastKnown(values, position)) ?? 0));
  const half = gap / 2;
  return pushApart(wished, gap, plot.top + half * 0.4, plot.bottom - half).map((y, at) => y - (wished[at] ?? 0));
}

/** The position, or the last row before it that has a value. */
function lastKnown(values: readonly (number | null)[], position: number): number {
  if (valueAt(values, position) !== undefined) return position;
  for (let row = Math.floor(position); row >= 0; row -= 1) {
    if (valueAt(values, row) !== undefined) return row;
  }
  return position;
}

/** The series whose last value is among the highest, in the order of the table. */
function endingHighest(table: ChartTable, most: number): number[] {
  const end = table.labels.length - 1;
  const last = table.series.map(({ values }) => valueAt(values, lastKnown(values, end)) ?? -Infinity);
  return last
    .map((_, index) => index)
    .toSorted((a, b) => (last[b] ?? 0) - (last[a] ?? 0) || a - b)
    .slice(0, most)
    .toSorted((a, b) => a - b);
}

/** Enough of the values to know how wide their texts get: the extremes, and some between. */
function sampled(values: readonly (number | null)[]): number[] {
  const numbers = values.filter((value) => value !== null);
  const step = Math.ceil(numbers.length / 60);
  const some = numbers.filter((_, index) => index % step === 0);
  const extent = numbers.reduce(
    (seen, value) => [Math.min(seen[0] ?? 0, value), Math.max(seen[1] ?? 0, value)],
    [0, 0],
  );
  return [...some, ...extent];
}
