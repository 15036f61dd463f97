import type { Stretch } from './duck-times.ts';

/**
 * -26 dB: what is this much softer than the dub is heard as being there, and a voice in it is not listened to. (Over a
 * voice at -20 dB a recognizer got 26 of 33 words of five short dubbed sentences wrong, at -26 dB 13.)
 */
export const DUCKED = 0.05;
/** Frames from full to ducked and back: 120 ms, outside of the stretch. */
export const RAMP = 5760;

/** Even steps in decibel. */
const RAMP_GAINS = Float32Array.from({ length: RAMP }, (_, index) => DUCKED ** ((index + 1) / (RAMP + 1)));

/**
 * How loud the original is from frame to frame: exactly 1 away from the ducked stretches. Blocks are asked for in
 * order.
 */
export class DuckCurve {
  readonly #stretches: readonly Stretch[];
  #next = 0;

  /** @param stretches frames, in order, two ramps apart */
  constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  /**
   * Fills in the gains from a frame on.
   * @returns whether there is any but 1
   */
  fill(gains: Float32Array, first: number): boolean {
    const end = first + gains.length;
    while ((this.#stretches[this.#next]?.to ?? Infinity) + RAMP <= first) this.#next += 1;
    gains.fill(1);
    let isDucked = false;
    for (let at = this.#next; (this.#stretches[at]?.from ?? Infinity) - RAMP < end; at += 1) {
      const stretch = this.#stretches[at];
      if (stretch === undefined) break;
      duck(gains, first, stretch);
      isDucked = true;
    }
    return isDucked;
  }
}

function duck(gains: Float32Array, first: number, { from, to }: Stretch): void {
  const start = Math.max(0, from - RAMP - first);
  const end = Math.min(gains.length, to + RAMP - first);
  for (let index = start; index < end; index += 1) {
    const frame = first + index;
    const gain =
      frame < from ? RAMP_GAINS[frame - from + RAMP] : frame < to ? DUCKED : RAMP_GAINS[to + RAMP - 1 - frame];
    gains[index] = Math.min(gains[index] ?? 1, gain ?? 1);
  }
}
