import type { PixelBox } from './pixel-box.ts';
import type { Ink } from './text-ink.ts';

/** Of the box, between the first and the last row with ink. Letters fill 15 to 40 % of theirs. */
const INK_SHARE = { least: 0.05, most: 0.55 };
/** Width of strokes against the height of the rows. Bold letters have 0.2. */
const WIDEST_STROKE = 0.3;
/** Pixels. */
const LEAST_HEIGHT = 10;
const MOST_ROWS = 4;
/** Heights of a row: some four letters, or three ideographs. */
const WIDE = 3;
const LEAST_INK = 60;

/** What rows the ink stands in, from the top of its box: bands with ink between lines without. */
export function inkRows({ box, pixels }: Ink): { readonly top: number; readonly height: number }[] {
  const rows: { top: number; height: number }[] = [];
  let open: { top: number; height: number } | undefined;
  for (let y = 0; y < box.height; y += 1) {
    const line = pixels.subarray(y * box.width, (y + 1) * box.width);
    if (!line.includes(1)) {
      open = undefined;
    } else if (open === undefined) {
      open = { top: y, height: 1 };
      rows.push(open);
    } else open.height += 1;
  }
  return rows;
}

/** Whether it may be writing: thin strokes, several beside each other. Saves reading what is plainly none. */
export function looksLikeText(ink: Ink): boolean {
  const { box, pixels } = ink;
  const rows = inkRows(ink).filter((row) => row.height >= LEAST_HEIGHT);
  const height = Math.max(0, ...rows.map((row) => row.height));
  if (rows.length === 0 || rows.length > MOST_ROWS) return false;
  const [count, runs] = countRuns(box, pixels);
  const share = count / (rows.reduce((sum, row) => sum + row.height, 0) * inkWidth(ink));
  if (count < LEAST_INK || share < INK_SHARE.least || share > INK_SHARE.most) return false;
  // A run is as long as the stroke is wide, but for level strokes, which are few lines.
  return count / runs < WIDEST_STROKE * height;
}

/** Pixels of ink, and runs of them along the lines. */
function countRuns({ width }: PixelBox, pixels: Uint8Array): readonly [count: number, runs: number] {
  let [count, runs] = [0, 0];
  pixels.forEach((ink, at) => {
    count += ink;
    if (ink === 1 && (at % width === 0 || pixels[at - 1] === 0)) runs += 1;
  });
  return [count, runs];
}

function inkWidth({ box, pixels }: Ink): number {
  let [left, right] = [box.width, 0];
  pixels.forEach((ink, at) => {
    if (ink === 0) return;
    left = Math.min(left, at % box.width);
    right = Math.max(right, at % box.width);
  });
  return Math.max(1, right - left + 1);
}

/** Whether it is a row of several letters, by its shape alone. */
export function isWide(ink: Ink): boolean {
  const height = Math.max(1, ...inkRows(ink).map((row) => row.height));
  return inkWidth(ink) >= WIDE * height;
}
