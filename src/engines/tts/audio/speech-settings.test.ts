import { expect, test } from 'vitest';
import { effectFilters, tempoAndPitch, volumeFilters } from './speech-filters.ts';
import { gainOfVolume, pitchOfPitchRate, speechRateOfSpeed, speedOfSpeechRate } from './speech-settings.ts';

test('the documented points of speech_rate', () => {
  expect([-500, 0, 500].map(speedOfSpeechRate)).toEqual([0.5, 1, 2]);
  expect([0.5, 0.8, 1, 1.2, 2].map(speechRateOfSpeed)).toEqual([-500, -125, 0, 166, 500]);
  expect([-9999, 9999].map(speedOfSpeechRate)).toEqual([0.5, 2]);
});

test('a rate is the rate of its own speed, whole numbers everywhere', () => {
  for (let rate = -500; rate <= 500; rate += 1) expect(speechRateOfSpeed(speedOfSpeechRate(rate))).toBe(rate);
});

test('pitch has the same curve, volume is a factor', () => {
  expect([-500, 0, 500].map(pitchOfPitchRate)).toEqual([0.5, 1, 2]);
  expect([-1, 0, 25, 50, 100, 101].map(gainOfVolume)).toEqual([0, 0, 0.5, 1, 2, 2]);
});

test('nothing is filtered that is not asked for', () => {
  expect(tempoAndPitch(1, 1, 16_000, true)).toEqual([]);
  expect(volumeFilters(50)).toEqual([]);
  expect(effectFilters(undefined, [], 16_000, true)).toEqual({ kind: 'filters', filters: [] });
});

test('without rubberband the pitch is moved by playing faster, and the tempo taken back', () => {
  expect(tempoAndPitch(1, 1.5, 16_000, false)).toEqual(['asetrate=24000', 'aresample=16000', 'atempo=0.666667']);
  expect(tempoAndPitch(0.5, 2, 16_000, false)).toEqual([
    ...['asetrate=32000', 'aresample=16000', 'atempo=0.500000', 'atempo=0.500000'],
  ]);
});

test('bands that the sample rate does not reach are left out of eq', () => {
  const gains = [1, 0, 0, 0, 0, 0, 2, 3];
  const count = (sampleRate: number): number => {
    const outcome = effectFilters('eq', gains, sampleRate, true);
    return outcome.kind === 'filters' ? outcome.filters.length : -1;
  };
  expect([8000, 16_000, 24_000, 48_000].map(count)).toEqual([1, 2, 2, 3]);
});
