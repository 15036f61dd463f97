/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A colour that was checked to be one, or undefined: #rgb, #rrggbb, #rrggbbaa, with or without the #. */
export function checkedColour(text: string | undefined): string | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text?.trim() ?? '')?.[1];
  return digits === undefined ? undefined : `#${digits.toLowerCase()}`;
}

export function rgbOf(colour: string): Rgb {
  const digits = colour.slice(1);
  const wide = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits;
  const part = (at: number): number => Number.parseInt(wide.slice(at, at + 2), 16) || 0;
  return [part(0), part(2), part(4)];
}

/** What is seen of a colour over a ground: one that can be seen through lets it shine. */
export function opaque(colour: string, ground: string): string {
  const alpha = colour.length === 9 ? Number.parseInt(colour.slice(7), 16) / 255 : 1;
  return between(ground, colour, alpha);
}

/** The colour with this much of it, 0 to 1. */
export function faded(colour: string, alpha: number): string {
  return `rgba(${rgbOf(colour).join(',')},${alpha})`;
}

/** How bright a colour is to the eye, 0 to 1 (relative luminance of WCAG 2). */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** 1 to 21; a text of normal size wants 4.5, a large one 3. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** A colour between two. @param part 0 = the first, 1 = the second */
export function between(one: string, other: string, part: number): string {
  const target = rgbOf(other);
  const mixed = rgbOf(one).map((value, at) => Math.round(value + ((target[at] ?? 0) - value) * part));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
