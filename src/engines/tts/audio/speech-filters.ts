import type { SpeechEffect } from '../ssml/ssml-tree.ts';
import { gainOfVolume } from './speech-settings.ts';

export type Filters = { readonly kind: 'filters'; readonly filters: readonly string[] } | WrongFrequency;
export type WrongFrequency = { readonly kind: 'refused'; readonly message: string };

/** The middles of the eight bands of `eq`, in hertz. */
const EQ_BANDS = [40, 100, 200, 400, 800, 1600, 4000, 12_000];
/** Two frequencies at which a telephone ends: what `lowpass` sounds like. */
const MUFFLED = 3000;
/** How much higher `lolita` is. */
const LOLITA_PITCH = 1.35;

/**
 * Tempo and pitch, independent of each other. rubberband keeps the voice's colour; an ffmpeg without it plays the
 * samples faster, which moves both, and takes the tempo back.
 * @param tempo above 1 = shorter @param pitch above 1 = higher
 */
export function tempoAndPitch(tempo: number, pitch: number, sampleRate: number, hasRubberband: boolean): string[] {
  if (pitch === 1) return tempo === 1 ? [] : [`atempo=${tempo.toFixed(6)}`];
  if (hasRubberband) {
    return [`rubberband=pitch=${pitch.toFixed(6)}:tempo=${tempo.toFixed(6)}:formant=preserved`];
  }
  const played = Math.round(sampleRate * pitch);
  return [`asetrate=${played}`, `aresample=${sampleRate}`, ...atempoChain((tempo * sampleRate) / played)];
}

/** atempo takes 0.5 to 2 at its best, so what is beyond is done in two steps. */
function atempoChain(tempo: number): string[] {
  if (tempo >= 0.5 && tempo <= 2) return [`atempo=${tempo.toFixed(6)}`];
  const half = Math.sqrt(tempo).toFixed(6);
  return [`atempo=${half}`, `atempo=${half}`];
}

/**
 * Volume as a factor on the samples. Above 50 a limiter catches the peaks that would be cut off: speech has peaks of
 * three to four times its loudness, so what is heard still becomes nearly twice as loud.
 */
export function volumeFilters(volume: number): string[] {
  const gain = gainOfVolume(volume);
  if (gain === 1) return [];
  const louder = gain > 1 ? ['alimiter=limit=0.97:attack=2:release=40:level=disabled'] : [];
  return [`volume=${gain.toFixed(4)}`, ...louder];
}

/**
 * The sound of `<speak effect>`. The cloud names the effects and the meaning of their values; how robot, lolita and
 * echo sound is not documented, so they are made to fit their names.
 */
export function effectFilters(
  effect: SpeechEffect | undefined,
  values: readonly number[],
  sampleRate: number,
  hasRubberband: boolean,
): Filters {
  const frequency = values[0] ?? 0;
  const needsFrequency = effect === 'lpfilter' || effect === 'hpfilter';
  if (needsFrequency && frequency > sampleRate / 2) {
    const message = `The effectValue of ${effect} may be ${sampleRate / 2} at a sample rate of ${sampleRate}, not ${frequency}.`;
    return { kind: 'refused', message };
  }
  switch (effect) {
    case undefined:
      return { kind: 'filters', filters: [] };
    case 'robot':
      return { kind: 'filters', filters: ["afftfilt=real='hypot(re,im)':imag='0':win_size=512:overlap=0.75"] };
    case 'lolita':
      return { kind: 'filters', filters: tempoAndPitch(1, LOLITA_PITCH, sampleRate, hasRubberband) };
    case 'lowpass':
      return { kind: 'filters', filters: [`lowpass=f=${MUFFLED}`] };
    case 'echo':
      return { kind: 'filters', filters: ['aecho=0.8:0.8:120|240:0.35|0.18'] };
    case 'eq':
      return { kind: 'filters', filters: equalizer(values, sampleRate) };
    case 'lpfilter':
      return { kind: 'filters', filters: [`lowpass=f=${frequency}`] };
    default:
      return { kind: 'filters', filters: [`highpass=f=${frequency}`] };
  }
}

/** A band that the sample rate does not reach is not there to be changed. */
function equalizer(gains: readonly number[], sampleRate: number): string[] {
  return EQ_BANDS.flatMap((frequency, index) => {
    const gain = gains[index] ?? 0;
    return gain === 0 || frequency >= sampleRate / 2 ? [] : [`equalizer=f=${frequency}:t=q:w=1:g=${gain}`];
  });
}
