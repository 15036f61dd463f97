import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainFont, scaled, type Look } from './chart-look.ts';
import { hueOf } from './chart-style.ts';
import { extentOf } from './chart-table.ts';
import { faded } from './colour.ts';
import { easeTravel } from './easing.ts';
import { valueAt, type Marks, type MarksPlan } from './marks.ts';
import type { Box } from './plot.ts';
import { smoothed } from './smoothed.ts';
import { cleanText, ellipsized } from './text-fit.ts';
import { clamp } from './timeline.ts';
import { toldApart } from './told-apart.ts';

const MOST_BARS = 10;
/** Seconds in which two bars change places. */
const GLIDE = 0.7;
const WIDEST_NAME = 0.26;
/** Bars are measured against the leader, but never so that a small beginning fills the picture. */
const LEAST_SCALE = 0.3;

type Racer = { readonly index: number; readonly name: string; readonly values: readonly (number | null)[] };

/** Where the bars are, and how they are written. */
type Lanes = Box & {
  readonly count: number;
  /** Pixels of one. */
  readonly height: number;
  /** Where the longest bar ends. */
  readonly end: number;
  readonly names: readonly string[];
  readonly nameSize: number;
  readonly valueSize: number;
};

/** One racer at one moment. */
type Standing = {
  /** Undefined before its first value. */
  readonly value: number | undefined;
  /** How much of it is there, 0 to 1: it comes in while the row before its first value passes. */
  readonly present: number;
};

type Place = {
  readonly name: string;
  readonly value: number;
  /** 0 = the first; between two numbers while it overtakes. */
  readonly rank: number;
  /** Who is soon to lead lies over those that it overtakes all the while. */
  readonly soon: number;
  readonly width: number;
  readonly hue: string;
  readonly seen: number;
};

/** Bars that overtake one another while time goes on; the moment stands in the upper right corner. */
export function raceMarks(plan: MarksPlan): Marks {
  const { look, box, table, seconds } = plan;
  const rows = table.labels.length;
  const momentSize = scaled(look, 3);
  const upper = box.top + (rows > 1 ? momentSize * 1.3 : 0);
  const fitting = Math.floor((box.bottom - upper) / (look.base * 1.9));
  const count = Math.max(1, Math.min(MOST_BARS, table.series.length, fitting));
  const racers = candidates(plan, count);
  const largest = racers.reduce((most, { values }) => Math.max(most, extentOf([values])?.max ?? 0), 0);
  const lanes = layOutLanes(plan, { ...box, top: upper }, count, { racers, largest });
  const place = (part: number): number => easeTravel(clamp(part, 0, 1)) * Math.max(0, rows - 1);
  return {
    paint: (context, part) => {
      const position = place(part);
      const opening = rows > 1 ? Math.min(1, part * 25) : look.style.grow(part);
      const standings = racers.map((racer) => standingAt(racer.values, position));
      const values = standings.map(({ value }) => (value ?? 0) * opening);
      const ranks = smoothed(part, GLIDE / seconds, (moment) => ranksAt(racers, place(moment)));
      const soon = ranksAt(racers, place(part + GLIDE / 2 / seconds));
      const scale = Math.max(largest * LEAST_SCALE, ...values) || 1;
      const places = racers.map((racer, at): Place => {
        const [value, rank] = [values[at] ?? 0, ranks[at] ?? 0];
        const width = (Math.max(0, value) / scale) * (lanes.end - lanes.left);
        const seen = clamp(count - rank, 0, 1) * Math.min(1, part * 25) * (standings[at]?.present ?? 0);
        return {
          name: lanes.names[at] ?? '',
          value,
          rank,
          soon: soon[at] ?? 0,
          width,
          hue: hueOf(look.style, racer.index),
          seen,
        };
      });
      paintPlaces(context, plan, lanes, places);
      if (rows > 1) paintMoment(context, plan, Math.round(position), momentSize);
    },
  };
}

function layOutLanes(
  { look, write }: MarksPlan,
  box: Box,
  count: number,
  { racers, largest }: { readonly racers: readonly Racer[]; readonly largest: number },
): Lanes {
  const height = Math.min((box.bottom - box.top) / count, (look.height * 0.8) / 5);
  const nameSize = Math.min(scaled(look, 1), Math.floor(height * 0.5));
  const valueSize = Math.min(scaled(look, 2), Math.floor(height * 0.6));
  const nameFont = plainFont(look, nameSize);
  const valueFont = plainFont(look, valueSize, 700);
  const names = racers.map(({ name }) =>
    ellipsized(cleanText(name), look.width * WIDEST_NAME, nameFont, look.measure),
  );
  const gutter = names.reduce((most, name) => Math.max(most, look.measure(name, nameFont)), 0) + look.base * 0.7;
  const widths = [largest, largest * 0.777].map((value) => look.measure(write(value), valueFont));
  const end = box.right - Math.max(...widths) - look.base * 0.6;
  return { ...box, left: box.left + gutter, count, height, end, names, nameSize, valueSize };
}

function paintPlaces(
  context: SKRSContext2D,
  { look, write }: MarksPlan,
  lanes: Lanes,
  places: readonly Place[],
): void {
  const { left, top, height, nameSize, valueSize } = lanes;
  context.save();
  context.beginPath();
  context.rect(0, top, look.width, lanes.count * height);
  context.clip();
  for (const place of places.toSorted((a, b) => b.soon - a.soon)) {
    context.globalAlpha = place.seen;
    if (place.seen > 0) paintBar(context, look, lanes, place);
  }
  // Two that change places would have their texts on top of each other for a moment. The longer bar's stays, for it
  // stands beyond both.
  const byValue = places.toSorted((a, b) => b.value - a.value);
  const apart = toldApart(byValue.map(({ rank }) => (rank * height) / (valueSize * 1.15)));
  context.fillStyle = look.style.ink;
  byValue.forEach(({ name, value, rank, width, seen }, order) => {
    context.globalAlpha = seen * (apart[order] ?? 1);
    if (context.globalAlpha === 0) return;
    const y = top + (rank + 0.5) * height;
    context.font = plainFont(look, nameSize);
    context.textAlign = 'right';
    context.fillText(name, left - look.base * 0.5, y + nameSize * 0.35);
    context.textAlign = 'left';
    context.font = plainFont(look, valueSize, 700);
    context.fillText(write(value), left + width + look.base * 0.4, y + valueSize * 0.36);
  });
  context.restore();
}

function paintBar(
  context: SKRSContext2D,
  look: Look,
  lanes: Lanes,
  bar: Pick<Place, 'rank' | 'width' | 'hue'>,
): void {
  const { rank, hue } = bar;
  const thick = lanes.height * Math.min(0.8, look.style.barWidth + 0.14);
  const top = lanes.top + (rank + 0.5) * lanes.height - thick / 2;
  const width = Math.max(bar.width, 1);
  const round = Math.min(look.style.barRadius * look.base, thick / 2, width);
  context.beginPath();
  context.roundRect(lanes.left, top, width, thick, [0, round, round, 0]);
  if (!look.style.glow) {
    context.fillStyle = hue;
    context.fill();
    return;
  }
  const gradient = context.createLinearGradient(lanes.left, 0, lanes.left + width, 0);
  gradient.addColorStop(0, faded(hue, 0.08));
  gradient.addColorStop(1, faded(hue, 0.85));
  context.fillStyle = gradient;
  context.fill();
  const edge = Math.max(1.5, look.base * 0.12);
  for (const [wide, alpha] of [
    [edge * 6, 0.12],
    [edge, 1],
  ] as const) {
    context.fillStyle = faded(hue, alpha);
    context.fillRect(lanes.left + width - wide / 2, top, wide, thick);
  }
}

function paintMoment(context: SKRSContext2D, { look, box, table }: MarksPlan, row: number, size: number): void {
  const font = plainFont(look, size, 700);
  const text = ellipsized(cleanText(table.labels[row] ?? ''), box.right - box.left, font, look.measure);
  context.font = font;
  context.textAlign = 'right';
  context.fillStyle = look.style.muted;
  context.fillText(text, box.right, box.top + size * 0.86);
  context.textAlign = 'left';
}

/** Only who is ever in sight takes part: ten thousand racers cost no more than a dozen. */
function candidates({ table }: MarksPlan, count: number): Racer[] {
  const held = table.series.map(({ values }) => heldValues(values));
  const seen = new Set<number>();
  const rows = Math.max(1, table.labels.length);
  for (let row = 0; row < rows; row += 1) {
    const order = held
      .flatMap((values, index) => (values[row] === null ? [] : [{ index, value: values[row] ?? -Infinity }]))
      .toSorted((a, b) => b.value - a.value || a.index - b.index);
    for (const { index } of order.slice(0, count)) seen.add(index);
  }
  return [...seen]
    .toSorted((a, b) => a - b)
    .map((index) => ({ index, name: table.series[index]?.name ?? '', values: held[index] ?? [] }));
}

function ranksAt(racers: readonly Racer[], position: number): number[] {
  const values = racers.map((racer) => standingAt(racer.values, position).value ?? -Infinity);
  const order = values.map((_, at) => at).toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  const ranks = values.map(() => 0);
  order.forEach((at, rank) => (ranks[at] = rank));
  return ranks;
}

/** A gap keeps the last value: a racer does not vanish because a cell is empty. */
function heldValues(values: readonly (number | null)[]): (number | null)[] {
  let last: number | null = null;
  return values.map((value) => (last = value ?? last));
}

function standingAt(held: readonly (number | null)[], position: number): Standing {
  const value = valueAt(held, position);
  if (value !== undefined) return { value, present: 1 };
  const next = held[Math.floor(position) + 1] ?? undefined;
  const part = position - Math.floor(position);
  return next === undefined ? { value: undefined, present: 0 } : { value: next * part, present: part };
}
