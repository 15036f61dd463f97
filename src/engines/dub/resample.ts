/** Samples on either side that count for one: 24 of them keep what is folded back below -80 dB. */
const REACH = 24;
/** Where the passband ends, as a share of what the lower of the two rates can hold. */
const PASSBAND = 0.94;
/** Of the Kaiser window: -80 dB. */
const BETA = 8;

/** For each place between two samples that occurs, how much the samples around it count. */
type Phases = { readonly up: number; readonly down: number; readonly taps: readonly Float32Array[] };

const known = new Map<string, Phases>();

/**
 * Sound at another sample rate, by a windowed sinc (polyphase). It costs 0.01 seconds for a second of speech; to start
 * ffmpeg for a line of three seconds costs ten times as much.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const { up, down, taps } = phasesOf(from, to);
  const out = new Float32Array(Math.round((samples.length * up) / down));
  const reach = ((taps[0]?.length ?? 0) - 1) >> 1;
  for (let index = 0; index < out.length; index += 1) {
    const position = index * down;
    const middle = Math.floor(position / up);
    const weights = taps[position - middle * up] ?? EMPTY;
    let sum = 0;
    const first = Math.max(0, middle - reach);
    const last = Math.min(samples.length - 1, middle + reach);
    for (let at = first; at <= last; at += 1) sum += (samples[at] ?? 0) * (weights[at - middle + reach] ?? 0);
    out[index] = sum;
  }
  return out;
}

const EMPTY = new Float32Array();

function phasesOf(from: number, to: number): Phases {
  const key = `${from} ${to}`;
  const made = known.get(key) ?? makePhases(from, to);
  known.set(key, made);
  return made;
}

function makePhases(from: number, to: number): Phases {
  const divisor = greatestDivisor(from, to);
  const [up, down] = [to / divisor, from / divisor];
  const cutoff = PASSBAND * Math.min(1, to / from);
  const reach = Math.ceil(REACH / Math.min(1, to / from));
  const taps = Array.from({ length: up }, (_, phase) => {
    const weights = Float32Array.from({ length: 2 * reach + 1 }, (__, tap) => {
      const distance = tap - reach - phase / up;
      return cutoff * sinc(cutoff * distance) * kaiser(distance / (reach + 1));
    });
    // A constant stays what it is, in every phase.
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });
  return { up, down, taps };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
}

/** The modified Bessel function of order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-12 * sum; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
