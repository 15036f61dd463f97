/** The sample at a time in seconds. */
export type Sample = (seconds: number) => number;

const RATE = 16_000;
const TAU = 2 * Math.PI;
/** Seconds a note. */
const NOTE = 0.4;
const NOTES = [0, 4, 7, 12, 11, 7, 4, 2, 5, 9, 12, 14, 12, 9, 5, 0].map(
  (semitones) => 261.63 * 2 ** (semitones / 12),
);
const CHORDS = [
  [261.63, 329.63, 392],
  [220, 261.63, 329.63],
  [174.61, 220, 261.63],
  [196, 246.94, 293.66],
];

/** An organ of four partials, a chord each two seconds. */
export function chord(t: number): number {
  const notes = CHORDS[Math.floor(t / 2) % CHORDS.length] ?? [];
  const partials = notes.flatMap((note) => [1, 2, 3, 4].map((k) => Math.sin(TAU * note * k * t) / k));
  return 0.12 * partials.reduce((sum, partial) => sum + partial, 0);
}

type Voice = {
  /** Depth of the vibrato as a share of the pitch. */
  readonly vibrato: number;
  readonly harmonics: number;
  readonly octave?: number;
};

/** One instrument: notes with attack and decay, harmonics that fall by 1/k. */
export function melody({ vibrato, harmonics, octave = 0 }: Voice): Sample {
  return (t) => {
    const note = (NOTES[Math.floor(t / NOTE) % NOTES.length] ?? 0) * 2 ** octave;
    const since = t % NOTE;
    const shape = Math.min(1, since / 0.03) * Math.exp(-since * 3);
    const phase = TAU * note * t + ((vibrato * note) / 5.5) * Math.sin(TAU * 5.5 * t);
    let sum = 0;
    for (let k = 1; k <= harmonics && k * note < RATE / 2; k += 1) sum += Math.sin(k * phase) / k;
    return 0.3 * shape * sum;
  };
}

/** Karplus and Strong's string: a burst of noise that goes round a delay line and is smoothed each time. */
export function pluckedString(): Float32Array {
  const out = new Float32Array(8 * RATE);
  for (let index = 0, start = 0; start < out.length; start += Math.round(NOTE * RATE), index += 1) {
    const period = Math.round(RATE / (NOTES[index % NOTES.length] ?? 220));
    const line = Array.from({ length: period }, (_, at) => ((at * 7919 + index * 104_729) % 1000) / 500 - 1);
    const end = Math.min(out.length, start + 2 * RATE);
    for (let at = start; at < end; at += 1) {
      const place = (at - start) % period;
      const value = line[place] ?? 0;
      out[at] = (out[at] ?? 0) + 0.3 * value;
      line[place] = 0.498 * (value + (line[(place + 1) % period] ?? 0));
    }
  }
  return out;
}
