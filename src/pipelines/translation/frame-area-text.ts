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
  return read(range, (value) => area(value));
}

/** `Auto` or areas, as JSON or as text that holds JSON; one area may stand alone. */
export function frameAreas() {
  const range = `Auto, or 1 to ${MOST_AREAS} areas: [${ONE}, …]`;
  return read(range, (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > MOST_AREAS) return undefined;
    const areas = (Array.isArray(value[0]) ? value : [value]).map((one) => area(one));
    return areas.every((one) => one !== undefined) ? areas : undefined;
  });
}

/** The fault is that of the whole, which the caller may have written as text. */
function read<T>(range: string, parse: (value: unknown) => T | undefined) {
  return z.unknown().transform((written, context): 'Auto' | T => {
    if (typeof written === 'string' && /^auto$/i.test(written.trim())) return 'Auto';
    const parsed = parse(jsonInText(written));
    if (parsed !== undefined) return parsed;
    context.addIssue(range);
    return z.NEVER;
  });
}

function area(value: unknown): FrameArea | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [x = Number.NaN, y = Number.NaN, width = 0, height = 0] = value.map(fraction);
  const isWithin = x >= 0 && y >= 0 && x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING;
  if (!isWithin || !(x < 1 && y < 1 && width > 0 && height > 0)) return undefined;
  return { x, y, width: Math.min(width, 1 - x), height: Math.min(height, 1 - y) };
}

/** NaN where it is no number. */
function fraction(value: unknown): number {
  if (typeof value === 'string' && value.trim() !== '') return Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

/** What a text that holds JSON says; anything else as it is. */
export function jsonInText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
