import { seededNoise, type Noise } from './noise.ts';
import { chord, melody, pluckedString, type Sample } from './music.ts';

/** A sound without a word in it: what it is, and its samples at 16 kHz from -1 to 1. */
export type Sound = { readonly name: string; readonly make: () => Float32Array };

const RATE = 16_000;
const TAU = 2 * Math.PI;
/** Seconds. Long enough for a recognizer to make something up. */
const LENGTH = 8;

/** As many sounds as the promise names, and of as many kinds as machines and instruments make. */
export const SOUNDS: readonly Sound[] = [
  { name: 'digital silence', make: () => sampled(() => 0) },
  { name: 'room silence: the last bit of the converter', make: () => noisy((n) => n.white() / 32_768) },
  { name: 'white noise, loud', make: () => noisy((n) => 0.3 * n.white()) },
  { name: 'pink noise', make: () => noisy((n) => 0.5 * n.pink()) },
  { name: 'brown noise, loud', make: () => noisy((n) => 0.7 * n.brown()) },
  { name: 'pink noise, quiet', make: () => noisy((n) => 0.01 * n.pink()) },
  { name: 'mains hum with its harmonics', make: () => noisy((n, t) => hum(t) + 0.003 * n.white()) },
  { name: 'a sine of 440 Hz', make: () => sampled((t) => 0.5 * Math.sin(TAU * 440 * t)) },
  { name: 'a sweep from 80 Hz to 7 kHz', make: () => sampled(sweep) },
  { name: 'held organ chords', make: () => sampled((t) => chord(t)) },
  { name: 'a melody of rich tones with vibrato', make: () => sampled(melody({ vibrato: 0.006, harmonics: 12 })) },
  { name: 'a low melody, as a cello', make: () => sampled(melody({ vibrato: 0.008, harmonics: 20, octave: -2 })) },
  { name: 'plucked strings', make: pluckedString },
  { name: 'clicks of a metronome with drums', make: () => noisy(drums) },
  { name: 'rain', make: () => noisy(rain) },
  { name: 'telephone keys (DTMF)', make: () => sampled(dtmf) },
  { name: 'an engine that speeds up', make: () => noisy(engine) },
  { name: 'a siren', make: () => sampled((t) => 0.4 * Math.sin(TAU * 900 * t + 250 * Math.sin(TAU * 0.3 * t))) },
  {
    name: 'noise that fades in and out',
    make: () => noisy((n, t) => 0.4 * Math.sin(TAU * 0.1 * t) ** 2 * n.pink()),
  },
  { name: 'noise with the spectrum of speech, in its rhythm', make: () => noisy(speechShaped()) },
  { name: 'modem tones', make: () => noisy(modem) },
  { name: 'music over noise', make: () => noisy(musicOverNoise()) },
];

function sampled(sample: Sample): Float32Array {
  return Float32Array.from({ length: LENGTH * RATE }, (_, at) => sample(at / RATE));
}

function noisy(sample: (noise: Noise, seconds: number) => number): Float32Array {
  const noise = seededNoise(20_261_122);
  return sampled((seconds) => sample(noise, seconds));
}

function hum(t: number): number {
  return [1, 2, 3, 5, 7, 9].reduce((sum, k) => sum + (0.2 / k) * Math.sin(TAU * 50 * k * t), 0);
}

function sweep(t: number): number {
  const growth = Math.log(7000 / 80) / LENGTH;
  return 0.4 * Math.sin(((TAU * 80) / growth) * (Math.exp(growth * t) - 1));
}

/** A kick on each beat, a snare between them, and a click: 120 beats a minute. */
function drums(noise: Noise, t: number): number {
  const beat = t % 0.5;
  const kick = 0.8 * Math.exp(-beat * 12) * Math.sin(TAU * (50 + 80 * Math.exp(-beat * 30)) * beat);
  const snare = 0.4 * Math.exp(-((t + 0.25) % 0.5) * 25) * noise.white();
  return kick + snare + 0.3 * Math.exp(-(t % 0.25) * 300) * noise.white();
}

function rain(noise: Noise): number {
  const drop = noise.chance() < 0.003 ? noise.white() : 0;
  return 0.08 * noise.white() + 0.1 * noise.pink() + 0.5 * drop;
}

function dtmf(t: number): number {
  const rows = [697, 770, 852, 941];
  const columns = [1209, 1336, 1477, 1633];
  const key = Math.floor(t / 0.35);
  if (t % 0.35 > 0.2) return 0;
  return 0.25 * (Math.sin(TAU * rows[key % 4]! * t) + Math.sin(TAU * columns[(key * 3) % 4]! * t));
}

/** Firing strokes of four cylinders, from 900 to 4,500 turns a minute. */
function engine(noise: Noise, t: number): number {
  const strokes = 30 * t + (120 / LENGTH / 2) * t * t;
  const pulse = Math.exp(-(strokes % 1) * 6) - 0.15;
  return 0.4 * pulse * (1 + 0.3 * noise.brown()) + 0.1 * noise.brown();
}

/** Pink noise, louder and softer four times a second as syllables are, with pauses as between sentences. */
function speechShaped(): (noise: Noise, t: number) => number {
  return (noise, t) => {
    const sentence = t % 3 < 2.4 ? 1 : 0;
    const syllable = Math.sin(TAU * 2 * t) ** 2;
    return 0.5 * sentence * syllable * noise.pink();
  };
}

/** Two tones at 1,200 baud, by the bits of the noise. */
function modem(noise: Noise, t: number): number {
  const bit = noise.bit(Math.floor(t * 1200));
  return 0.3 * Math.sin(TAU * (bit ? 1300 : 2100) * t);
}

function musicOverNoise(): (noise: Noise, t: number) => number {
  const lead = melody({ vibrato: 0.004, harmonics: 8 });
  return (noise, t) => 0.5 * lead(t) + 0.3 * chord(t) + 0.03 * noise.pink();
}
