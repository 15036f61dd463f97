/** Blocks below this are pauses: -60 dB of full scale, as power. */
const SILENT = 1e-6;
/** Of the blocks that are left, those 10 dB below their mean are pauses too. */
const SOFT = 0.1;

/**
 * How loud speech is while somebody speaks: root mean square of its blocks without the pauses, gated in two steps as
 * loudness is measured in broadcasting (ITU-R BS.1770). 1 is full scale.
 */
export class SpeechLevel {
  readonly #powers: number[] = [];

  /**
   * What is left behind the last whole block does not count.
   * @param block samples of a block, of all channels: 100 ms
   */
  add(samples: Int16Array, block: number): void {
    for (let end = block; end <= samples.length; end += block) {
      let sum = 0;
      for (let at = end - block; at < end; at += 1) sum += (samples[at] ?? 0) ** 2;
      this.#powers.push(sum / block / 32_768 ** 2);
    }
  }

  /** Undefined where nothing is loud enough to be speech. */
  rms(): number | undefined {
    const loud = this.#powers.filter((power) => power > SILENT);
    const threshold = mean(loud) * SOFT;
    const spoken = loud.filter((power) => power >= threshold);
    return spoken.length === 0 ? undefined : Math.sqrt(mean(spoken));
  }
}

function mean(powers: readonly number[]): number {
  return powers.reduce((sum, power) => sum + power, 0) / Math.max(1, powers.length);
}
