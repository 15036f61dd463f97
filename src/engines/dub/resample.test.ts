import { describe, expect, test } from 'vitest';
import { resample } from './resample.ts';

function tone(hertz: number, rate: number, seconds = 0.5): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate));
}

/** The largest difference away from the ends, where there is nothing to go by. */
function difference(a: Float32Array, b: Float32Array): number {
  return a
    .subarray(2000, -2000)
    .reduce((most, sample, at) => Math.max(most, Math.abs(sample - (b[at + 2000] ?? 9))), 0);
}

describe.each([8000, 16_000, 22_050, 24_000, 44_100, 96_000])('from %s to 48000 hertz', (rate) => {
  test('a tone is the same tone, to a thousandth, and as long', () => {
    for (const hertz of [0, 100, 1000, 3000]) {
      const wave = resample(
        tone(hertz, rate).map((sample) => sample + 0.25),
        rate,
        48_000,
      );
      expect(wave).toHaveLength(24_000);
      expect(
        difference(
          wave,
          tone(hertz, 48_000).map((sample) => sample + 0.25),
        ),
      ).toBeLessThan(0.001);
    }
  });

  test('the beginning of a sound stays where it is', () => {
    const click = new Float32Array(rate / 2);
    click[Math.round(rate / 4)] = 1;
    const wave = resample(click, rate, 48_000);
    const loudest = wave.reduce((best, sample, at) => (sample > (wave[best] ?? 0) ? at : best), 0);
    expect(Math.abs(loudest - 12_000)).toBeLessThanOrEqual(3);
  });
});

test('what the lower rate cannot hold is not folded back into it', () => {
  const wave = resample(tone(30_000, 96_000), 96_000, 48_000);
  expect(wave.subarray(2000, -2000).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(
    0.001,
  );
});

test('the same rate is the same sound', () => {
  const wave = tone(440, 48_000);
  expect(resample(wave, 48_000, 48_000)).toBe(wave);
});
