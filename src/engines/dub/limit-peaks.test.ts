import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitPeaks } from './limit-peaks.ts';
import { SpeechLevel } from './speech-level.ts';

test('nothing is louder than the ceiling afterwards, and nothing is cut off', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 30 }),
      (loudness) => {
        const wave = (at: number): number => (loudness[Math.floor(at / 300)] ?? 0) * Math.sin(at / 7);
        const samples = Float32Array.from({ length: 300 * loudness.length }, (_, at) => wave(at));
        limitPeaks(samples, 0.8);
        for (const [at, sample] of samples.entries()) {
          expect(Math.abs(sample)).toBeLessThanOrEqual(0.8 + 1e-6);
          // A factor between 0.8 / 3 and 1: it neither makes anything louder nor turns it round.
          expect(Math.abs(sample)).toBeLessThanOrEqual(Math.abs(wave(at)) + 1e-6);
          expect(Math.abs(sample)).toBeGreaterThanOrEqual(0.26 * Math.abs(wave(at)) - 1e-6);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('what is not too loud is not changed', () => {
  const samples = Float32Array.from({ length: 5000 }, (_, at) => 0.79 * Math.sin(at));
  const before = samples.slice();
  limitPeaks(samples, 0.8);
  expect(samples).toEqual(before);
});

test('well after a peak all is as loud as it was', () => {
  const samples = new Float32Array(48_000).fill(0.5);
  samples[5000] = 1.6;
  limitPeaks(samples, 0.8);
  expect(samples[4000]).toBe(0.5);
  expect(samples[4990]).toBeLessThan(0.3);
  expect(samples[20_000]).toBeCloseTo(0.5, 3);
});

test('the level of speech does not depend on its pauses, nor on a little noise in them', () => {
  const speech = Int16Array.from({ length: 48_000 }, (_, at) => 5000 * Math.sin(at / 10));
  const noise = Int16Array.from({ length: 96_000 }, (_, at) => 200 * Math.sin(at / 3));
  const level = new SpeechLevel();
  for (const part of [noise, speech, new Int16Array(48_000), speech, noise]) level.add(part, 4800);
  expect(level.rms()).toBeCloseTo(5000 / Math.SQRT2 / 32_768, 3);
  expect(new SpeechLevel().rms()).toBeUndefined();
});
