import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InstalledModel } from '../../models/model.ts';
import { modelVoices } from './model-voices.ts';
import { synthesizerFamily } from './synthesizer-families.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-voices-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** An ONNX file of nothing but what its maker wrote into it. */
function onnx(facts: Readonly<Record<string, string>>): Buffer {
  const field = (tag: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
  const entries = Object.entries(facts).map(([key, value]) =>
    field(0x72, Buffer.concat([field(0x0a, Buffer.from(key)), field(0x12, Buffer.from(value))])),
  );
  return Buffer.concat(entries);
}

async function voices(
  model: Pick<InstalledModel, 'name' | 'family' | 'languages'>,
  facts: Readonly<Record<string, string>>,
): Promise<unknown[]> {
  const path = join(folder, 'model.onnx');
  await writeFile(path, onnx(facts));
  const role = model.family === 'matcha' ? 'acousticModel' : 'model';
  const installed: InstalledModel = { ...model, task: 'tts', folder, files: { [role]: path } };
  const family = synthesizerFamily(installed);
  if (family === undefined) throw new Error('no family');
  const found = await modelVoices(installed, family);
  return found.map(({ speaker, voice: { id, languages, gender, sampleRate, quality } }) =>
    Array.of<unknown>(speaker, id, languages.join(' '), gender, sampleRate, quality),
  );
}

test('Kokoro tells its speakers, and their names their language and gender', async () => {
  const model = { name: 'kokoro-multi-lang-v1_1', family: 'kokoro', languages: ['zh', 'en'] };
  const facts = { n_speakers: '4', sample_rate: '24000', speaker_names: 'af_maple,bm_lewis,zf_001,strange' };
  expect(await voices(model, facts)).toEqual([
    [0, 'kokoro-multi-lang-v1_1:af_maple', 'en-US zh', 'Female', 24_000, 5],
    [1, 'kokoro-multi-lang-v1_1:bm_lewis', 'en-GB zh', 'Male', 24_000, 5],
    [2, 'kokoro-multi-lang-v1_1:zf_001', 'zh en', 'Female', 24_000, 5],
    [3, 'kokoro-multi-lang-v1_1:strange', 'zh en', 'Unknown', 24_000, 5],
  ]);
});

test('a Piper voice has its name, its region, and the gender that its model card says', async () => {
  const facts = { n_speakers: '1', sample_rate: '16000' };
  const of = (name: string, language: string): Promise<unknown[]> =>
    voices({ name, family: 'vits', languages: [language] }, facts);
  expect(await of('vits-piper-en_US-amy-low', 'en')).toEqual([
    [0, 'vits-piper-en_US-amy-low:amy', 'en-US', 'Female', 16_000, 4],
  ]);
  expect(await of('vits-piper-de_DE-thorsten-medium', 'de')).toEqual([
    [0, 'vits-piper-de_DE-thorsten-medium:thorsten', 'de-DE', 'Male', 16_000, 4],
  ]);
});

test('of many nameless speakers each has a number', async () => {
  const model = { name: 'vits-piper-en_US-libritts_r-medium', family: 'vits', languages: ['en'] };
  const found = await voices(model, { n_speakers: '904', sample_rate: '22050' });
  expect(found).toHaveLength(904);
  expect(found[903]).toEqual([
    ...[903, 'vits-piper-en_US-libritts_r-medium:libritts_r-903', 'en-US', 'Unknown', 22_050, 4],
  ]);
});

test('a Matcha voice of a model that says nothing', async () => {
  const model = { name: 'matcha-icefall-zh-baker', family: 'matcha', languages: ['zh'] };
  expect(await voices(model, {})).toEqual([[0, 'matcha-icefall-zh-baker:baker', 'zh', 'Female', 22_050, 4]]);
});

test('names that are not one for each speaker are not believed', async () => {
  const model = { name: 'imported', family: 'vits', languages: ['fr'] };
  expect(await voices(model, { n_speakers: '2', speaker_names: 'anne' })).toEqual([
    [0, 'imported:speaker-0', 'fr', 'Unknown', 22_050, 4],
    [1, 'imported:speaker-1', 'fr', 'Unknown', 22_050, 4],
  ]);
});
