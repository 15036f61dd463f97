import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutSpeechWav, SPEECH_WAV_HEADER, speechWavSeconds, writeSpeechWav } from './speech-wav.ts';

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'speech-wav-'));
  path = join(folder, 'ramp.wav');
  await writeSpeechWav(
    path,
    Array.from({ length: 32_000 }, (_, at) => at / 32_767),
  );
});
afterAll(async () => await rm(folder, { recursive: true }));

test('the length is that of the samples', async () => {
  expect(await speechWavSeconds(path)).toBe(2);
  expect(await speechWavSeconds(join(folder, 'none.wav'))).toBeUndefined();
});

test('a cut holds exactly the samples of its time', async () => {
  const wav = await cutSpeechWav(path, 0.5, 1);
  expect(wav.length).toBe(SPEECH_WAV_HEADER + 16_000);
  expect(wav.readInt16LE(SPEECH_WAV_HEADER)).toBe(8000);
  expect(wav.readInt16LE(wav.length - 2)).toBe(15_999);
  expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, 16_000]);
});

test('a cut past the end holds what is there, a cut behind it nothing', async () => {
  const late = await cutSpeechWav(path, 1.75, 9);
  await writeFile(join(folder, 'late.wav'), late);
  expect(await speechWavSeconds(join(folder, 'late.wav'))).toBe(0.25);
  expect(await cutSpeechWav(path, 5, 9)).toHaveLength(SPEECH_WAV_HEADER);
});
