import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainFont, scaled, type Look } from './chart-look.ts';
import { hueOf } from './chart-style.ts';
import { faded } from './colour.ts';
import { easeInOut } from './easing.ts';
import type { Marks, MarksPlan } from './marks.ts';
import { pieAt, slicesOf, type PieMoment, type Slice } from './pie-slices.ts';
import type { Box } from './plot.ts';
import { cleanText, ellipsized, fitText, fontOf } from './text-fit.ts';

type Ring = { readonly x: number; readonly y: number; readonly outer: number; readonly inner: number };

type List = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly row: number;
  readonly names: readonly string[];
  readonly name: number;
  readonly share: number;
  readonly value: number;
  readonly shareWidth: number;
};

/**
 * A ring, and beside it (below it, in upright videos) a list in place of labels: rows cannot collide however the
 * slices move, and every share can be compared with the next.
 */
export function pieMarks(plan: MarksPlan): Marks {
  const { look, box, table } = plan;
  const slices = slicesOf(table, look.words.other);
  const upright = box.bottom - box.top > (box.right - box.left) * 0.95;
  const ring = ringIn(look, ringBox(box, upright));
  const list = layOutList(plan, listBox(look, box, ring, upright), slices);
  const count = table.series.length;
  return {
    paint: (context, part) => {
      const moment = pieAt(slices, count, part, easeInOut);
      paintRing(context, look, ring, moment);
      paintMiddle(context, plan, ring, moment);
      paintList(context, plan, list, moment);
    },
  };
}

function ringBox({ left, top, right, bottom }: Box, upright: boolean): Box {
  return upright
    ? { left, top, right, bottom: top + Math.min((bottom - top) * 0.52, right - left) }
    : { left, top, right: left + (right - left) * 0.46, bottom };
}

function listBox(look: Look, box: Box, ring: Ring, upright: boolean): Box {
  const gap = look.base * (upright ? 1.6 : 2.4);
  return upright ? { ...box, top: ring.y + ring.outer + gap } : { ...box, left: ring.x + ring.outer + gap };
}

function ringIn(look: Look, { left, top, right, bottom }: Box): Ring {
  const outer = Math.max(4, Math.min(right - left, bottom - top) / 2 - look.base * 0.4);
  const thin = look.style.glow ? 0.83 : 0.6;
  return { x: (left + right) / 2, y: (top + bottom) / 2, outer, inner: outer * thin };
}

function layOutList({ look, write }: MarksPlan, box: Box, slices: readonly Slice[]): List {
  const count = Math.max(1, slices.length);
  const row = Math.min((box.bottom - box.top) / count, look.base * 2.9);
  const share = Math.min(scaled(look, 2), Math.floor(row * 0.62));
  const shareWidth = look.measure('100.0%', plainFont(look, share, 700));
  const right = Math.min(box.right, box.left + look.base * 26);
  const widest = (texts: readonly string[], size: number): number =>
    texts.reduce((most, text) => Math.max(most, look.measure(text, plainFont(look, size))), 0);
  const names = slices.map((slice) => cleanText(slice.name));
  const values = slices.flatMap((slice) => slice.values.map((value) => write(value)));
  const roomFor = (size: number, value: number): number => right - box.left - shareWidth - value - size * 2.4;
  const wished = Math.min(scaled(look, 1), Math.floor(row * 0.5));
  const least = Math.max(7, wished * 0.76);
  let name = wished;
  let value = widest(values, name * 0.86) + name * 0.6;
  // Where there is no room for all, the name matters more than the number behind the share.
  if (widest(names, name) > roomFor(name, value)) value = 0;
  while (name - 1 >= least && widest(names, name) > roomFor(name, value)) name -= 1;
  const font = plainFont(look, name);
  const shown = names.map((text) => ellipsized(text, roomFor(name, value), font, look.measure));
  const top = (box.top + box.bottom) / 2 - (row * count) / 2;
  return { left: box.left, right, top, row, names: shown, name, share, value, shareWidth };
}

function paintRing(context: SKRSContext2D, look: Look, ring: Ring, { sweep, shares }: PieMoment): void {
  context.lineCap = 'butt';
  const middle = (ring.outer + ring.inner) / 2;
  const thick = ring.outer - ring.inner;
  context.strokeStyle = look.style.rule;
  context.lineWidth = thick;
  context.beginPath();
  context.arc(ring.x, ring.y, middle, 0, 2 * Math.PI);
  context.globalAlpha = 0.45;
  context.stroke();
  context.globalAlpha = 1;
  const gap = shares.filter((share) => share > 0).length > 1 ? Math.max(1, look.base * 0.12) / middle : 0;
  let angle = -Math.PI / 2;
  shares.forEach((share, index) => {
    const end = angle + share * 2 * Math.PI * sweep;
    const [from, to] = [angle + gap / 2, end - gap / 2];
    angle = end;
    if (to <= from) return;
    const hue = hueOf(look.style, index);
    if (look.style.glow) arc(context, ring, { from, to, width: thick * 1.9, colour: faded(hue, 0.12) });
    arc(context, ring, { from, to, width: thick, colour: hue });
  });
}

function arc(
  context: SKRSContext2D,
  ring: Ring,
  { from, to, width, colour }: { from: number; to: number; width: number; colour: string },
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  // Rounding makes a whole turn a little more than one, which is drawn as nothing.
  const whole = to - from > 2 * Math.PI - 1e-6;
  context.arc(ring.x, ring.y, (ring.outer + ring.inner) / 2, whole ? 0 : from, whole ? 2 * Math.PI : to);
  context.stroke();
}

/** In the ring: the name of the series that is shown, and the whole. */
function paintMiddle(
  context: SKRSContext2D,
  { look, table, write }: MarksPlan,
  ring: Ring,
  moment: PieMoment,
): void {
  const { series, values, sweep } = moment;
  const whole = values.reduce((sum, value) => sum + value, 0) * sweep;
  const one = table.series[series];
  const room = { width: ring.inner * 1.5, lines: 1, size: scaled(look, 1), least: look.base * 0.6 };
  const name = fitText(one?.name ?? '', { weight: 400, families: look.families }, room, look.measure);
  const text = values.length === 0 ? look.words.noData : one?.percent === true ? '' : write(whole);
  const bold = { weight: 700, families: look.families };
  const sum = fitText(text, bold, { ...room, size: scaled(look, 3), least: look.base * 0.7 }, look.measure);
  context.textAlign = 'center';
  context.fillStyle = look.style.ink;
  context.font = sum.font;
  context.fillText(sum.lines[0] ?? '', ring.x, ring.y + sum.size * 0.3);
  context.fillStyle = look.style.muted;
  context.font = name.font;
  context.fillText(name.lines[0] ?? '', ring.x, ring.y + sum.size * 0.36 + name.size * 1.15);
  context.textAlign = 'left';
}

function paintList(context: SKRSContext2D, { look, write }: MarksPlan, list: List, moment: PieMoment): void {
  const chip = list.name * 0.8;
  const shareFont = fontOf({ weight: 700, families: look.families }, list.share);
  moment.values.forEach((value, index) => {
    // A row comes in as the sweep reaches its slice, and is there before the sweep has passed it.
    const before = moment.shares.slice(0, index).reduce((sum, one) => sum + one, 0);
    const part = moment.shares[index] ?? 0;
    const share = Math.max(part, 1e-9);
    const seen =
      moment.sweep >= 1 ? 1 : Math.max(0, Math.min(1, (moment.sweep - before) / Math.min(1 / 12, share)));
    if (seen <= 0) return;
    const grown = moment.sweep >= 1 ? 1 : Math.min(1, (moment.sweep - before) / share);
    const y = list.top + (index + 0.5) * list.row;
    const base = y + list.name * 0.35;
    context.globalAlpha = seen;
    context.fillStyle = hueOf(look.style, index);
    context.beginPath();
    context.roundRect(list.left, y - chip / 2, chip, chip, look.style.barRadius === 0 ? 0 : chip / 2);
    context.fill();
    context.fillStyle = look.style.ink;
    context.font = plainFont(look, list.name);
    context.fillText(list.names[index] ?? '', list.left + chip + list.name * 0.5, base);
    context.textAlign = 'right';
    context.font = shareFont;
    context.fillText(`${(part * 100 * grown).toFixed(1)}%`, list.right, y + list.share * 0.35);
    if (list.value > 0) {
      context.font = plainFont(look, list.name * 0.86);
      context.fillStyle = look.style.muted;
      context.fillText(write(value * grown), list.right - list.shareWidth - list.name * 0.6, base);
    }
    context.textAlign = 'left';
  });
  context.globalAlpha = 1;
}
