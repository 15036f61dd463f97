import { clamp } from './timeline.ts';

/**
 * A rank that changes passes one sample after the other, and moves by one part of the way at each: so many that there
 * is one for each frame of a window of 0.7 s at 60 frames a second. Where very many values are asked for, fewer, for
 * each costs a sort.
 */
const SAMPLES = { most: 45, least: 9, values: 2000 } as const;

/**
 * The mean of what a function of time says around a moment, so that what jumps (ranks, label places) glides instead.
 * It depends on nothing but the moment, so every frame can be drawn by itself. At both ends of time the window
 * closes, so that the last picture is exact.
 * @param part the moment, 0 to 1
 * @param width of the window, as a part of time
 */
export function smoothed(part: number, width: number, at: (part: number) => readonly number[]): number[] {
  const reach = Math.min(width / 2, part, 1 - part);
  const now = at(part);
  if (reach <= 0) return [...now];
  const samples = Math.round(clamp(SAMPLES.values / Math.max(1, now.length), SAMPLES.least, SAMPLES.most));
  const sums: number[] = [];
  let weights = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const offset = ((sample + 0.5) / samples) * 2 - 1;
    // Samples in the middle count most: the motion starts and ends softly.
    const weight = 1 - offset ** 2;
    weights += weight;
    at(part + offset * reach).forEach((value, index) => (sums[index] = (sums[index] ?? 0) + value * weight));
  }
  return sums.map((sum) => sum / weights);
}
