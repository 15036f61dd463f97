import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainFont, scaled, type Look } from './chart-look.ts';
import type { NumberWriter } from './number-format.ts';

/** How the values at the ends of bars are written; undefined where no size of them could be read. */
export type BarLabels = {
  readonly size: number;
  /** They read upwards: bars stand closer than their numbers are wide. */
  readonly upright: boolean;
  /** Pixels that they need beyond the end of the longest bar. */
  readonly room: number;
};

export type BarEnd = {
  /** Pixels: the middle of the bar, and its end. */
  readonly x: number;
  readonly y: number;
  readonly below: boolean;
  readonly text: string;
  readonly alpha: number;
};

const GAP = 0.3;
/** A carpet of numbers says less than none. */
const MOST = 120;
const LEAST_LEVEL = 0.95;
const LEAST_UPRIGHT = 0.7;

/** @param place pixels between the middles of two bars */
export function fitBarLabels(
  look: Look,
  values: readonly number[],
  place: number,
  write: NumberWriter,
): BarLabels | undefined {
  if (values.length === 0 || values.length > MOST) return undefined;
  const widest = (size: number): number =>
    values.reduce((most, value) => Math.max(most, look.measure(write(value), plainFont(look, size, 700))), 0);
  const wished = scaled(look, 2);
  for (let size = wished; size >= look.base * LEAST_LEVEL; size -= 1) {
    if (widest(size) + size * 0.35 <= place) return { size, upright: false, room: size * (1 + GAP) };
  }
  const size = Math.min(scaled(look, 1), Math.floor(place / 1.15));
  if (size < look.base * LEAST_UPRIGHT) return undefined;
  return { size, upright: true, room: widest(size) + size * GAP * 2 };
}

export function paintBarLabels(
  context: SKRSContext2D,
  look: Look,
  { size, upright }: BarLabels,
  ends: readonly BarEnd[],
): void {
  context.font = plainFont(look, size, 700);
  context.fillStyle = look.style.ink;
  for (const { x, y, below, text, alpha } of ends) {
    context.globalAlpha = alpha;
    if (!upright) {
      context.textAlign = 'center';
      context.fillText(text, x, y + (below ? size * (0.78 + GAP) : -size * GAP));
      continue;
    }
    context.save();
    context.translate(x + size * 0.35, y + (below ? size * GAP : -size * GAP));
    context.rotate(-Math.PI / 2);
    context.textAlign = below ? 'right' : 'left';
    context.fillText(text, 0, 0);
    context.restore();
  }
  context.globalAlpha = 1;
  context.textAlign = 'left';
}
