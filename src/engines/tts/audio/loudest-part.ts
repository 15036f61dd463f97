import type { Pcm } from './pcm-wav.ts';

/** Seconds over which a cut fades, so that it makes no click. */
const FADE = 0.005;

/**
 * The part of `length` samples that holds the most energy, with its ends faded; all of it where it is not longer.
 * Of parts that are equal it is the first.
 */
export function loudestPart({ sampleRate, samples }: Pcm, length: number): Pcm {
  if (samples.length <= length) return { sampleRate, samples };
  let energy = 0;
  let best = 0;
  let start = 0;
  for (const [index, sample] of samples.entries()) {
    const leaving = index >= length ? (samples[index - length] ?? 0) : 0;
    energy += sample * sample - leaving * leaving;
    if (index >= length - 1 && energy > best) [best, start] = [energy, index - length + 1];
  }
  return { sampleRate, samples: faded(samples.slice(start, start + length), Math.round(FADE * sampleRate)) };
}

function faded(samples: Int16Array, fade: number): Int16Array {
  const steps = Math.min(fade, Math.floor(samples.length / 2));
  for (let step = 0; step < steps; step += 1) {
    const last = samples.length - 1 - step;
    samples[step] = ((samples[step] ?? 0) * step) / steps;
    samples[last] = ((samples[last] ?? 0) * step) / steps;
  }
  return samples;
}
