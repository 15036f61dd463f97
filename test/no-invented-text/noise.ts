/** Noise that is the same in every run; each from about -1 to 1. */
export type Noise = {
  readonly white: () => number;
  /** 3 dB less per octave. */
  readonly pink: () => number;
  /** 6 dB less per octave. */
  readonly brown: () => number;
  /** 0 to 1. */
  readonly chance: () => number;
  /** The same for the same index. */
  readonly bit: (index: number) => boolean;
};

export function seededNoise(seed: number): Noise {
  let state = seed;
  const chance = (): number => {
    // mulberry32
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const white = (): number => 2 * chance() - 1;
  // Paul Kellet's three-pole filter: within 0.5 dB of pink.
  const poles = [0, 0, 0];
  let level = 0;
  return {
    chance,
    white,
    pink() {
      const now = white();
      poles[0] = 0.997_65 * poles[0]! + now * 0.099_046;
      poles[1] = 0.963 * poles[1]! + now * 0.296_516_4;
      poles[2] = 0.57 * poles[2]! + now * 1.052_691_3;
      return (poles[0] + poles[1] + poles[2] + now * 0.1848) / 4;
    },
    brown() {
      level = 0.995 * level + 0.06 * white();
      return level;
    },
    bit: (index) => (Math.imul(index + 1, 0x9e_37_79_b1) >>> 13) % 2 === 1,
  };
}
