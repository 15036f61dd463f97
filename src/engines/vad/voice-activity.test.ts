import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assetPath } from '../asset-path.ts';
import { speechWavSeconds, writeSpeechWav } from '../media/speech-wav.ts';
import { voiceActivityAvailability } from './voice-activity-availability.ts';
import { detectSpeech, type VoiceActivityOutcome } from './voice-activity.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voice-activity-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function detect(wavPath: string, signal = new AbortController().signal): Promise<VoiceActivityOutcome> {
  const seconds = (await speechWavSeconds(wavPath)) ?? 0;
  return await detectSpeech({ wavPath, seconds, scratch: folder, signal, onProgress: () => undefined });
}

async function sound(sample: (at: number) => number): Promise<string> {
  const path = join(folder, 'sound.wav');
  await writeSpeechWav(
    path,
    Array.from({ length: 16_000 * 5 }, (_, at) => sample(at)),
  );
  return path;
}

test('finds the one sentence of a recording', async () => {
  const outcome = await detect(assetPath('speech/sense_and_sensibility_01_austen_64kb-0880.wav'));
  const segments = outcome.kind === 'detected' ? outcome.segments : [];
  expect(segments).toHaveLength(1);
  expect(segments[0]?.from).toBeLessThan(0.3);
  expect(segments[0]?.to).toBeGreaterThan(2.7);
});

test.each([
  ['silence', () => 0],
  ['white noise', () => Math.random() * 0.6 - 0.3],
  ['quiet noise', () => Math.random() * 0.02 - 0.01],
  ['a tone', (at: number) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / 16_000)],
] as const)('finds nobody in %s', async (_what, sample) => {
  expect(await detect(await sound(sample))).toEqual({ kind: 'detected', segments: [] });
});

test('an abort throws its reason', async () => {
  await expect(detect(assetPath('models/none'), AbortSignal.abort('gone'))).rejects.toBe('gone');
});

test('a detector that fails is an outcome', async () => {
  expect(await detect(join(folder, 'missing.wav'))).toMatchObject({ kind: 'failed' });
});

test('the doctor hears that the detector works', async () => {
  expect(await voiceActivityAvailability(folder)).toMatchObject({ kind: 'ready', version: 'v5' });
});
