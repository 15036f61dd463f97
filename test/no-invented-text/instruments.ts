import { seededNoise } from './noise.ts';

const RATE = 16_000;
const TAU = 2 * Math.PI;
const SECONDS = 8;

type Resonance = {
  readonly hertz: number;
  readonly width: number;
  readonly gain: number;
  /** How far it is moved to and fro, as a share of its frequency; and how often a second. */
  readonly sweep: number;
  readonly rate: number;
};

/**
 * An instrument that nobody has built, by its number: a tone of many harmonics, or half breath, goes through one to
 * three resonances, which may move as those of a wah-wah pedal, a mute or a mouth do. It plays a tune of eight notes.
 * One in five of them makes a voice detector at its usual threshold hear somebody.
 */
export function instrument(number: number): Float32Array {
  const { chance, white } = seededNoise(number);
  const between = (low: number, high: number): number => low + (high - low) * chance();
  const maybe = (value: number): number => (chance() < 0.5 ? 0 : value);
  const [pitch, note, duty, decay] = [between(70, 400), between(0.1, 1.5), between(0.1, 0.9), between(0, 4)];
  const [attack, breath, vibrato] = [between(0.005, 0.2), maybe(between(0, 0.4)), between(0, 0.02)];
  const tune = Array.from({ length: 8 }, () => Math.round(between(-7, 12)));
  const bands = [
    [250, 900],
    [800, 2400],
    [2000, 3500],
  ] as const;
  const resonances = bands.slice(0, 1 + Math.floor(3 * chance())).map(([low, high]): Resonance => {
    const [hertz, width, gain] = [between(low, high), between(40, 400), between(0.2, 1)];
    return { hertz, width, gain, sweep: maybe(between(0, 0.5)), rate: between(0.3, 4) };
  });
  const filters = resonances.map(resonator);
  let phase = 0;
  const samples = Float32Array.from({ length: SECONDS * RATE }, (_, at) => {
    const t = at / RATE;
    const since = t % note;
    const bent = 1 + vibrato * Math.sin(TAU * 5.5 * t);
    phase = (phase + (pitch * bent * 2 ** ((tune[Math.floor(t / note) % 8] ?? 0) / 12)) / RATE) % 1;
    const tone = phase < duty ? 1 - (2 * phase) / duty : 0;
    const source =
      ((1 - breath) * tone + breath * white()) * Math.min(1, since / attack) * Math.exp(-since * decay);
    return filters.reduce((sum, filter) => sum + filter(source, t), 0);
  });
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (0.5 * sample) / peak);
}

/** A filter of two poles, whose frequency moves with the time. */
function resonator({ hertz, width, gain, sweep, rate }: Resonance): (sample: number, seconds: number) => number {
  const damping = Math.exp((-Math.PI * width) / RATE);
  let [last, before] = [0, 0];
  return (sample, seconds) => {
    const now = hertz * (1 + sweep * Math.sin(TAU * rate * seconds));
    const turned = 2 * damping * Math.cos((TAU * now) / RATE);
    [last, before] = [sample * (1 - damping) + turned * last - damping * damping * before, last];
    return gain * last;
  };
}
