import type { Grey } from './pixel-box.ts';
import type { Ink } from './text-ink.ts';
import { inkRows } from './text-likeness.ts';

/** Pixels that rows shall be high, from the tallest letter to the lowest: below some 30 Tesseract misreads more. */
const ROW_HEIGHT = 40;
const MOST_ENLARGED = 3;
/** Pixels of white around: letters at the very edge are lost. */
const MARGIN = 12;

/** Dark letters on white, soft edges, large enough to be read. */
export function textPicture(ink: Ink): Grey {
  const { box, darkness } = ink;
  const height = Math.max(1, ...inkRows(ink).map((row) => row.height));
  const scale = Math.min(MOST_ENLARGED, Math.max(1, ROW_HEIGHT / height));
  const width = Math.round(box.width * scale) + 2 * MARGIN;
  const tall = Math.round(box.height * scale) + 2 * MARGIN;
  const out = new Uint8Array(width * tall).fill(255);
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= box.width || y >= box.height ? 0 : (darkness[y * box.width + x] ?? 0);
  for (let y = 0; y < tall; y += 1) {
    const fromY = (y - MARGIN + 0.5) / scale - 0.5;
    const top = Math.floor(fromY);
    const down = fromY - top;
    for (let x = 0; x < width; x += 1) {
      const fromX = (x - MARGIN + 0.5) / scale - 0.5;
      const left = Math.floor(fromX);
      const across = fromX - left;
      const above = at(left, top) * (1 - across) + at(left + 1, top) * across;
      const below = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
      out[y * width + x] = Math.round(255 - above * (1 - down) - below * down);
    }
  }
  return { width, height: tall, pixels: out };
}

/** As a file that every reader of pictures takes. */
export function pgm({ width, height, pixels }: Grey): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]);
}
