/** How a recording is to sound; every engine's speech is brought to it. */
export type SpeechSettings = {
  /** -500 to 500, 0 = as the voice speaks. */
  readonly speechRate: number;
  /** -500 to 500, 0 = the voice's own pitch. */
  readonly pitchRate: number;
  /** 0 to 100, 50 = unchanged. */
  readonly volume: number;
  /** Hertz. */
  readonly sampleRate: number;
};

/**
 * How many times faster a voice speaks: 0.5 at -500, 1 at 0, 2 at 500. As documented, r = (1 - 1/s) / 0.002 below 1
 * and (1 - 1/s) / 0.001 above; here solved for s.
 */
export function speedOfSpeechRate(rate: number): number {
  const step = rate < 0 ? 0.002 : 0.001;
  return 1 / (1 - step * clamped(rate));
}

/** The speech_rate for a speed, cut to a whole number as the documented examples are: 0.8 is -125, 1.2 is 166. */
export function speechRateOfSpeed(speed: number): number {
  // The product, not the quotient of the formula: (1 - 1/0.8) / 0.002 is -124.99999999999999 in binary.
  const rate = (1 - 1 / speed) * (speed < 1 ? 500 : 1000);
  return clamped(Math.trunc(Number(rate.toFixed(6))));
}

/** How many times higher a voice is: an octave down at -500, an octave up at 500. The curve is that of the speed. */
export function pitchOfPitchRate(rate: number): number {
  return speedOfSpeechRate(rate);
}

/** The factor on each sample: 0 is silent, 50 is 1, 100 is 2 (6 dB more). */
export function gainOfVolume(volume: number): number {
  return Math.max(0, Math.min(100, volume)) / 50;
}

function clamped(rate: number): number {
  return Math.max(-500, Math.min(500, rate));
}
