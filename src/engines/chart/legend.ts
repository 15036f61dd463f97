import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainFont, scaled, type Look } from './chart-look.ts';
import { hueOf } from './chart-style.ts';
import { cleanText, ellipsized } from './text-fit.ts';

/** The names of the series beside their colours, in at most two rows. */
export type Legend = { readonly height: number; readonly paint: (context: SKRSContext2D) => void };

const MOST_ROWS = 2;

/** @param top of its first row */
export function layOutLegend(look: Look, names: readonly string[], top: number): Legend {
  if (names.length < 2) return { height: 0, paint: () => undefined };
  const size = scaled(look, 0);
  const font = plainFont(look, size);
  const chip = size * 0.75;
  const space = size * 1.4;
  const right = look.width - look.margin.x;
  const widest = (right - look.margin.x) * 0.4;
  const items: { text: string; x: number; y: number; index: number }[] = [];
  let x = look.margin.x;
  let row = 0;
  for (const [index, name] of names.entries()) {
    const text = ellipsized(cleanText(name), widest, font, look.measure);
    const width = chip + size * 0.4 + look.measure(text, font);
    if (x > look.margin.x && x + width > right) {
      row += 1;
      x = look.margin.x;
    }
    if (row >= MOST_ROWS) break;
    items.push({ text, x, y: top + row * size * 1.5, index });
    x += width + space;
  }
  const rows = Math.min(row + 1, MOST_ROWS);
  return {
    height: rows * size * 1.5 + size * 0.6,
    paint: (context) => {
      context.font = font;
      context.textAlign = 'left';
      for (const item of items) {
        context.fillStyle = hueOf(look.style, item.index);
        context.beginPath();
        context.roundRect(
          item.x,
          item.y + size * 0.16,
          chip,
          chip,
          Math.min(chip / 2, look.style.barRadius * chip),
        );
        context.fill();
        context.fillStyle = look.style.ink;
        context.fillText(item.text, item.x + chip + size * 0.4, item.y + size * 0.82);
      }
    },
  };
}
