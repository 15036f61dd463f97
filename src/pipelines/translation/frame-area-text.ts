import { z } from 'zod';
import type { FrameArea } from '../../engines/video/frame-area.ts';

/** Areas that reach over the edge by no more than rounding makes, are cut there. */
const ROUNDING = 0.005;
const ONE = '[x, y, width, height] in fractions of the picture, 0 to 1, that ends within it';
/** One filter of ffmpeg each. */
const MOST_AREAS = 20;

/** `Auto` or one area, as JSON or as text that holds JSON. */
export function frameArea() {
  const range = `Auto, or ${ONE}`;
  return z.preprocess(unwrapped, z.union([z.literal('Auto'), area(range)], range));
}

/** `Auto` or areas, as JSON or as text that holds JSON; one area may stand alone. */
export function frameAreas() {
  const range = `Auto, or 1 to ${MOST_AREAS} areas: [${ONE}, …]`;
  return z.preprocess(
    (value) => {
      const read = unwrapped(value);
      return Array.isArray(read) && read.length > 0 && !Array.isArray(read[0]) ? [read] : read;
    },
    z.union([z.literal('Auto'), z.array(area(range)).min(1).max(MOST_AREAS)], range),
  );
}

function area(range: string) {
  const fraction = z.preprocess(
    (value) => (typeof value === 'string' ? Number(value) : value),
    z.number().min(0).max(1),
  );
  return z
    .tuple([fraction, fraction, fraction, fraction], range)
    .transform(([x, y, width, height], context): FrameArea => {
      if (width > 0 && height > 0 && x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING) {
        return { x, y, width: Math.min(width, 1 - x), height: Math.min(height, 1 - y) };
      }
      context.addIssue(range);
      return z.NEVER;
    });
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (/^auto$/i.test(text)) return 'Auto';
  try {
    return JSON.parse(text);
  } catch {
    return value;
  }
}
