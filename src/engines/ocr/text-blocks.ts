import type { PixelBox } from './pixel-box.ts';

type PictureSize = { readonly width: number; readonly height: number };

/** Cells between two words, and between two rows, of one text. */
const GAP_ACROSS = 4;
const GAP_DOWN = 2;
/** Of a cell's pixels, one in so many has to be set: fewer are specks. */
const LEAST_FILL = 10;

/**
 * Where pixels stand so close to each other that they may be a text: its rows and words together.
 * @param pixels indices into the picture
 * @param cell pixels, a quarter of a usual letter's height
 */
export function textBlocks(pixels: readonly number[], picture: PictureSize, cell: number): PixelBox[] {
  const across = Math.ceil(picture.width / cell);
  const down = Math.ceil(picture.height / cell);
  const counts = new Uint32Array(across * down);
  for (const pixel of pixels) {
    const y = Math.floor(pixel / picture.width);
    const x = pixel - y * picture.width;
    counts[Math.floor(y / cell) * across + Math.floor(x / cell)] =
      (counts[Math.floor(y / cell) * across + Math.floor(x / cell)] ?? 0) + 1;
  }
  const open = new Uint8Array(counts.length);
  counts.forEach((count, index) => (open[index] = count * LEAST_FILL >= cell * cell ? 1 : 0));
  const blocks: PixelBox[] = [];
  for (let index = 0; index < open.length; index += 1) {
    if (open[index] === 1) blocks.push(inPixels(flood(open, index, across, down), cell, picture));
  }
  return blocks;
}

/** Takes the cells that hang together out of `open`; @returns the box around them, in cells */
function flood(open: Uint8Array, first: number, across: number, down: number): PixelBox {
  let [left, right, top, bottom] = [across, 0, down, 0];
  const waiting = [first];
  open[first] = 0;
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const x = index % across;
    const y = Math.floor(index / across);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    for (let row = Math.max(0, y - GAP_DOWN); row <= Math.min(down - 1, y + GAP_DOWN); row += 1) {
      for (let column = Math.max(0, x - GAP_ACROSS); column <= Math.min(across - 1, x + GAP_ACROSS); column += 1) {
        const near = row * across + column;
        if (open[near] !== 1) continue;
        open[near] = 0;
        waiting.push(near);
      }
    }
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** With a cell more on each side: what stands out of the cells a little belongs to it. */
function inPixels(box: PixelBox, cell: number, { width, height }: PictureSize): PixelBox {
  const left = Math.max(0, (box.left - 1) * cell);
  const top = Math.max(0, (box.top - 1) * cell);
  const right = Math.min(width, (box.left + box.width + 1) * cell);
  const bottom = Math.min(height, (box.top + box.height + 1) * cell);
  return { left, top, width: right - left, height: bottom - top };
}
