/** From 0 to 1 over 0 to 1. */
export type Easing = (part: number) => number;

/** Begins fast and settles: what grows to its value. */
export const easeOut: Easing = (part) => 1 - (1 - part) ** 3;

/** Begins and ends slowly: what travels. */
export const easeInOut: Easing = (part) => (part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2);

/** Even, but for a soft start and landing: what is drawn along a time axis, where the middle is not to be rushed. */
export const easeTravel: Easing = (part) => {
  const ramp = 0.12;
  const whole = 1 - ramp;
  if (part < ramp) return part ** 2 / (2 * ramp * whole);
  if (part > 1 - ramp) return 1 - (1 - part) ** 2 / (2 * ramp * whole);
  return (part - ramp / 2) / whole;
};

/** Overshoots by 4 % and comes back. */
export const easeSpring: Easing = (part) => {
  const back = part - 1;
  return 1 + 1.9 * back ** 3 + 0.9 * back ** 2;
};

/** Slow all along. */
export const easeSlow: Easing = (part) => (1 - Math.cos(Math.PI * part)) / 2;

/**
 * The progress of the n-th of several things that begin one after the other and overlap.
 * @param overlap how much of the whole one takes, 0 to 1
 */
export function staggered(part: number, index: number, count: number, overlap: number): number {
  const start = count <= 1 ? 0 : (index / (count - 1)) * (1 - overlap);
  return Math.min(1, Math.max(0, (part - start) / overlap));
}
