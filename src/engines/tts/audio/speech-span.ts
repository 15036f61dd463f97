import type { Pcm } from './pcm-wav.ts';

/** Below a hundredth of the loudest sample (-40 dB), and below this in any case, it is silence: -55 dB of full scale. */
const RELATIVE = 0.01;
const ABSOLUTE = 58;

/** Seconds that are kept at either side, so that soft beginnings and ends are not cut off. */
export const SPEECH_MARGIN = 0.01;

/** Where in a chunk somebody speaks, as samples `from` to `to`; the same twice where nobody does. */
export function speechSpan({ samples, sampleRate }: Pcm): { readonly from: number; readonly to: number } {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const threshold = Math.max(ABSOLUTE, peak * RELATIVE);
  const first = samples.findIndex((sample) => Math.abs(sample) > threshold);
  if (first < 0) return { from: 0, to: 0 };
  const last = samples.findLastIndex((sample) => Math.abs(sample) > threshold);
  const margin = Math.round(SPEECH_MARGIN * sampleRate);
  return { from: Math.max(0, first - margin), to: Math.min(samples.length, last + 1 + margin) };
}

/** The chunk without the silence before and behind the speech. */
export function trimSilence(pcm: Pcm): Pcm {
  const { from, to } = speechSpan(pcm);
  return { sampleRate: pcm.sampleRate, samples: pcm.samples.subarray(from, to) };
}

export function pcmSeconds({ samples, sampleRate }: Pcm): number {
  return samples.length / sampleRate;
}
