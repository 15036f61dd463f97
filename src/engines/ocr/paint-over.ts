import type { FrameArea } from '../video/frame-area.ts';
import type { DetextArea } from './detext-areas.ts';

/** The picture as it is shown, in pixels. */
export type PictureSize = { readonly width: number; readonly height: number };

/** Pixels of the picture that `delogo` needs around what it paints; even, as colours have half the resolution. */
const BORDER = 2;
/** Of the shorter side of an area: as much blur as hides the streaks of what was drawn across it. */
const BLUR = 1 / 8;

/**
 * A chain of ffmpeg video filters, with one input and one output, made of numbers alone. It can be long (60 kB for two
 * hours of lines): it belongs into a file (`-filter_complex_script`), not onto a command line.
 *
 * The area is filled from its rim (`delogo`), then blurred. Of the two alone, the first leaves streaks that draw the
 * eye wherever the rim is busy; the second keeps the letters' colour as a grey fog, and close to them their shape.
 * @returns `null` (the filter that does nothing) where there is nothing to paint over
 */
export function paintOver(areas: readonly DetextArea[], size: PictureSize): string {
  const chains = areas.flatMap(({ area, times }, index) => {
    const box = evenBox(area, size);
    return box === undefined ? [] : [paintBox(box, size, enabling(times), `detext${index}`)];
  });
  return chains.length === 0 ? 'null' : chains.join(',');
}

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

function paintBox(box: Box, size: PictureSize, enable: string, name: string): string {
  const inner = {
    left: Math.max(BORDER, box.left),
    top: Math.max(BORDER, box.top),
    right: Math.min(even(size.width) - BORDER, box.right),
    bottom: Math.min(even(size.height) - BORDER, box.bottom),
  };
  const { left, top, right, bottom } = box;
  const blur = Math.floor(Math.min(right - left, bottom - top) * BLUR);
  return [
    `delogo=x=${inner.left}:y=${inner.top}:w=${inner.right - inner.left}:h=${inner.bottom - inner.top}${enable}`,
    `split[${name}a][${name}b];[${name}b]crop=${right - left}:${bottom - top}:${left}:${top}`,
    `boxblur=${blur}:2${enable}[${name}c];[${name}a][${name}c]overlay=${left}:${top}${enable}`,
  ].join(',');
}

/** In the picture, with even sides; undefined where nothing is left of it. */
function evenBox(area: FrameArea, size: PictureSize): Box | undefined {
  const box = {
    left: Math.max(0, even(area.x * size.width)),
    top: Math.max(0, even(area.y * size.height)),
    right: Math.min(even(size.width), even((area.x + area.width) * size.width + 1)),
    bottom: Math.min(even(size.height), even((area.y + area.height) * size.height + 1)),
  };
  const smallest = 3 * BORDER;
  return box.right - box.left < smallest || box.bottom - box.top < smallest ? undefined : box;
}

function even(pixels: number): number {
  return 2 * Math.floor(pixels / 2);
}

function enabling(times: DetextArea['times']): string {
  if (times === undefined) return '';
  return `:enable='${sumOf(times.map(({ from, to }) => `between(t,${from.toFixed(3)},${to.toFixed(3)})`))}'`;
}

/** As a balanced tree: ffmpeg takes expressions of any length, but not of a depth over some hundred. */
function sumOf(terms: readonly string[]): string {
  if (terms.length < 3) return terms.join('+') || '0';
  const middle = Math.floor(terms.length / 2);
  return `(${sumOf(terms.slice(0, middle))})+(${sumOf(terms.slice(middle))})`;
}
