import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assetPath } from '../../src/engines/asset-path.ts';
import { cutSpeechWav, SPEECH_WAV_HEADER, writeSpeechWav } from '../../src/engines/media/speech-wav.ts';
import { codeOf, runPipeline, transcriptOf } from '../speech/run-pipeline.ts';
import { instrument } from './instruments.ts';
import { chord } from './music.ts';
import { seededNoise } from './noise.ts';
import { SOUNDS } from './sounds.ts';

/**
 * Those of the first 300 that made the recognizer write words when the voice detector's usual threshold of 0.5 was
 * all that stood before it. At that threshold it hears somebody in 69 of the 300.
 */
const DECEIVERS = [1, 98, 117, 118, 158, 300];

const folder = mkdtempSync(join(tmpdir(), 'no-invented-text-'));
const path = join(folder, 'sound.wav');
afterAll(() => rmSync(folder, { recursive: true }));

test('there are sounds of as many kinds as the promise names', () => {
  expect(new Set(SOUNDS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(20);
});

test.each(SOUNDS.map(({ name, make }) => [name, make] as const))('%s gives no words', async (_name, make) => {
  await writeSpeechWav(path, make());
  expect(codeOf(await runPipeline(path))).toBe('NoValidVocal');
});

test.each(DECEIVERS)('instrument %i, which sounds like somebody, gives no words', async (number) => {
  await writeSpeechWav(path, instrument(number));
  expect(codeOf(await runPipeline(path))).toBe('NoValidVocal');
});

test.each([
  ['noise', (noise: number, _seconds: number) => noise],
  ['music', (_noise: number, seconds: number) => chord(seconds)],
])('a sentence over %s of a third of its level is still heard', async (_what, background) => {
  const wav = await cutSpeechWav(assetPath('speech/sense_and_sensibility_01_austen_64kb-0870.wav'), 0, 99);
  const speech = new Int16Array(wav.buffer.slice(SPEECH_WAV_HEADER));
  const noise = seededNoise(1);
  const sounds = Float32Array.from(speech, (_, at) => background(noise.pink(), at / 16_000));
  const share = levelOf(Float32Array.from(speech)) / levelOf(sounds) / 3;
  await writeSpeechWav(
    path,
    Float32Array.from(speech, (sample, at) => (sample + share * (sounds[at] ?? 0)) / 32_768),
  );
  const words = transcriptOf(await runPipeline(path)).map(({ content }) => content);
  expect(words.join(' ').split(' ').length).toBeGreaterThan(8);
});

function levelOf(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
