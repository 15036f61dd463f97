import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainFont, scaled, type Look } from './chart-look.ts';
import { hueOf } from './chart-style.ts';
import { cleanText, ellipsized } from './text-fit.ts';

/** The names of the series beside their colours, in at most two rows; how many found no room is said at the end. */
export type Legend = { readonly height: number; readonly paint: (context: SKRSContext2D) => void };

type Item = { readonly text: string; readonly x: number; readonly row: number };

const MOST_ROWS = 2;

/** @param top of its first row */
export function layOutLegend(look: Look, names: readonly string[], top: number): Legend {
  if (names.length < 2) return { height: 0, paint: () => undefined };
  const size = scaled(look, 0);
  const font = plainFont(look, size);
  const chip = size * 0.75;
  const indent = chip + size * 0.4;
  const space = size * 1.4;
  const left = look.margin.x;
  const right = look.width - left;
  /** @param kept pixels at the end of the last row */
  const itemsBeside = (kept: number): Item[] => {
    const items: Item[] = [];
    let [x, row] = [left, 0];
    for (const name of names) {
      const text = ellipsized(cleanText(name), (right - left) * 0.4, font, look.measure);
      const width = indent + look.measure(text, font);
      if (x > left && x + width > right - (row === MOST_ROWS - 1 ? kept : 0)) [x, row] = [left, row + 1];
      if (row >= MOST_ROWS) break;
      items.push({ text, x, row });
      x += width + space;
    }
    return items;
  };
  const all = itemsBeside(0);
  const items =
    all.length === names.length ? all : itemsBeside(space * 0.5 + look.measure(`+${names.length}`, font));
  const last = items.at(-1);
  const rest = names.length - items.length;
  const yOf = (row: number): number => top + row * size * 1.5;
  return {
    height: ((last?.row ?? 0) + 1) * size * 1.5 + size * 0.6,
    paint: (context) => {
      context.font = font;
      context.textAlign = 'left';
      items.forEach(({ text, x, row }, index) => {
        context.fillStyle = hueOf(look.style, index);
        context.beginPath();
        context.roundRect(
          ...([x, yOf(row) + size * 0.16, chip, chip] as const),
          Math.min(chip / 2, look.style.barRadius * chip),
        );
        context.fill();
        context.fillStyle = look.style.ink;
        context.fillText(text, x + indent, yOf(row) + size * 0.82);
      });
      if (rest === 0 || last === undefined) return;
      context.fillStyle = look.style.muted;
      const end = last.x + indent + look.measure(last.text, font) + space * 0.5;
      context.fillText(`+${rest}`, end, yOf(last.row) + size * 0.82);
    },
  };
}
