/** Samples that share a gain at 48 kHz: 1 ms. */
const BLOCK = 48;
/** Blocks in which the gain goes down before a peak. */
const AHEAD = 5;
/** The share of the way back to 1 in each block: 60 ms for most of it. */
const RELEASE = 0.03;

/**
 * Takes down what is louder than the ceiling, from 5 ms before it on, so that nothing is cut off: a factor that
 * changes slowly makes no new sounds.
 * @param samples 48 kHz; they are changed in place
 */
export function limitPeaks(samples: Float32Array, ceiling: number): void {
  const needed = neededGains(samples, ceiling);
  if (needed === undefined) return;
  const smooth = smoothGains(needed);
  for (let index = 0; index < samples.length; index += 1) {
    const block = Math.floor(index / BLOCK);
    const before = smooth[block] ?? 1;
    const after = smooth[block + 1] ?? 1;
    samples[index] = (samples[index] ?? 0) * (before + ((after - before) * (index - block * BLOCK)) / BLOCK);
  }
}

/** Of each block, the gain that its loudest sample needs; undefined where none needs any. */
function neededGains(samples: Float32Array, ceiling: number): Float32Array | undefined {
  const gains = new Float32Array(Math.ceil(samples.length / BLOCK)).fill(1);
  let isLoud = false;
  for (let index = 0; index < samples.length; index += 1) {
    const loudness = Math.abs(samples[index] ?? 0);
    if (loudness <= ceiling) continue;
    const block = Math.floor(index / BLOCK);
    gains[block] = Math.min(gains[block] ?? 1, ceiling / loudness);
    isLoud = true;
  }
  return isLoud ? gains : undefined;
}

/** Between the gains of two neighbours no block gets more than it needs, since the hold looks one block back. */
function smoothGains(needed: Float32Array): Float32Array {
  const held = new Float32Array(needed.length + 1);
  let gain = 1;
  for (let block = 0; block <= needed.length; block += 1) {
    const near = needed.subarray(Math.max(0, block - 1), block + AHEAD);
    gain = Math.min(gain + (1 - gain) * RELEASE, ...near);
    held[block] = gain;
  }
  return held.map((_, block) => {
    const window = held.subarray(Math.max(0, block - AHEAD + 1), block + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
}
