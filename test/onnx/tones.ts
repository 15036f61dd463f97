import { SPEECH_SAMPLE_RATE } from '../../src/engines/media/speech-wav.ts';

/** The mel bands that most recognizers look at, by the scale of Slaney's auditory toolbox that librosa uses. */
export const MEL_BANDS = 80;

const HZ_PER_LINEAR_MEL = 200 / 3;
const LOG_START = 1000;
const LOG_STEP = Math.log(6.4) / 27;

function mel(hertz: number): number {
  return hertz < LOG_START ? hertz / HZ_PER_LINEAR_MEL : 15 + Math.log(hertz / LOG_START) / LOG_STEP;
}

/** The frequency that lies in the middle of a band, so that a tone of it is heard there and hardly anywhere else. */
export function hertzOfBand(band: number): number {
  const value = (mel(SPEECH_SAMPLE_RATE / 2) * (band + 1)) / (MEL_BANDS + 1);
  return value < 15 ? value * HZ_PER_LINEAR_MEL : LOG_START * Math.exp((value - 15) * LOG_STEP);
}

/** The same for the bands of Kaldi, which begin at 20 Hz and follow another scale. */
export function hertzOfKaldiBand(band: number): number {
  const kaldiMel = (hertz: number): number => 1127 * Math.log(1 + hertz / 700);
  const low = kaldiMel(20);
  const value = low + ((kaldiMel(SPEECH_SAMPLE_RATE / 2) - low) * (band + 1)) / (MEL_BANDS + 1);
  return 700 * (Math.exp(value / 1127) - 1);
}

/** A tone, or with `hertz` 0 silence. */
export type Tone = { readonly hertz: number; readonly seconds: number };

/** One after the other, at 16 kHz. */
export function toneSamples(tones: readonly Tone[]): Float32Array {
  const parts = tones.map(({ hertz, seconds }) =>
    Float32Array.from(
      { length: Math.round(seconds * SPEECH_SAMPLE_RATE) },
      (_, at) => 0.5 * Math.sin((2 * Math.PI * hertz * at) / SPEECH_SAMPLE_RATE),
    ),
  );
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}
