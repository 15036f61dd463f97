import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CatalogSource } from './catalog.ts';
import { importModel, type ImportOutcome } from './import-model.ts';
import type { ModelTitle } from './install-model.ts';
import { readModelsFolder } from './installed-models.ts';
import { lockModel } from './lock-model.ts';
import { removeModel } from './remove-model.ts';
import { tarOf, tarOfFiles } from './test-archives.ts';
import { verifyModel } from './verify-model.ts';

const TINY = join(import.meta.dirname, 'fixtures/tiny-model.tar.bz2');
const title: ModelTitle = { name: 'mine', task: 'asr', family: 'sense-voice', languages: ['en'], licence: '' };

let folder: string;
let modelsDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-models-'));
  modelsDir = join(folder, 'models');
});
afterEach(() => rm(folder, { recursive: true }));

function importFile(
  file: string,
  about: Partial<ModelTitle> = {},
  sources: readonly CatalogSource[] = [],
): Promise<ImportOutcome> {
  const now = Date.UTC(2026, 10, 22);
  return importModel({ modelsDir, title: { ...title, ...about }, file, sources, now, onUnpack: () => undefined });
}

async function archive(name: string, bytes: Promise<Buffer> | Buffer): Promise<string> {
  writeFileSync(join(folder, name), await bytes);
  return join(folder, name);
}

describe('importing', () => {
  test('an archive, whose hash nobody had said', async () => {
    const outcome = await importFile(TINY);
    expect(outcome).toMatchObject({ kind: 'installed', sources: [{ trust: 'computed' }] });
    expect((await readModelsFolder(modelsDir)).models).toMatchObject([{ name: 'mine', family: 'sense-voice' }]);
    expect(existsSync(TINY)).toBe(true);
  });

  test('an archive without a folder around its files', async () => {
    const bytes = tarOf([
      { name: 'model.onnx', content: 'm' },
      { name: 'tokens.txt', content: 't' },
    ]);
    expect(await importFile(await archive('flat.tar', bytes))).toMatchObject({
      kind: 'installed',
      model: { files: { tokens: join(modelsDir, 'mine/files/tokens.txt') } },
    });
  });

  test('a bare network, where its family needs nothing else', async () => {
    const file = await archive('voices.onnx', Buffer.from('network'));
    const about = { task: 'speaker-embedding', family: 'speaker-embedding' } as const;
    expect(await importFile(file, about)).toMatchObject({
      kind: 'installed',
      model: { files: { model: join(modelsDir, 'mine/files/voices.onnx') } },
    });
    expect(await importFile(file, { ...title, name: 'other' })).toMatchObject({
      kind: 'missing-file',
      role: 'model',
    });
  });

  test('an archive that has a record of its own does not become believed', async () => {
    const liar = tarOfFiles('m', { 'model.json': '{"name":"x"}', 'model.onnx': 'm', 'tokens.txt': 't' });
    await importFile(await archive('liar.tar', liar));
    expect(JSON.parse(readFileSync(join(modelsDir, 'mine/model.json'), 'utf8'))).toMatchObject({ name: 'mine' });
  });

  test('makes the vocabulary that hotwords need from the model of word pieces', async () => {
    // Message 1: piece (field 1) "▁A", score (field 2) -2.5.
    const piece = Buffer.from([0x0a, 4, 0xe2, 0x96, 0x81, 0x41, 0x15, 0, 0, 0x20, 0xc0]);
    const files = {
      'encoder.int8.onnx': 'e',
      'decoder.onnx': 'd',
      'joiner.int8.onnx': 'j',
      'tokens.txt': 't',
      'bpe.model': Buffer.concat([Buffer.from([0x0a, piece.length]), piece]),
    };
    const file = await archive('z.tar', tarOfFiles('z', files));
    const outcome = await importFile(file, { family: 'transducer' });
    const vocabulary = join(modelsDir, 'mine/files/bpe.vocab');
    expect(outcome).toMatchObject({ kind: 'installed', model: { files: { bpeVocab: vocabulary } } });
    expect(readFileSync(vocabulary, 'utf8')).toBe('▁A\t-2.5\n');
    expect((await verifyModel(modelsDir, 'mine')).differences).toEqual([]);
  });

  test('a file of the catalog is compared with its hash', async () => {
    const sources = [{ release: 'asr-models', file: 'tiny-model.tar.bz2', sha256: '0'.repeat(64) }];
    expect(await importFile(TINY, {}, sources)).toMatchObject({ kind: 'wrong-hash', expected: '0'.repeat(64) });
  });

  test('a model of several files wants all of them in one folder', async () => {
    const file = await archive('baker.tar', tarOfFiles('b', { 'model-steps-3.onnx': 'm', 'tokens.txt': 't' }));
    const sources = ['baker.tar', 'vocos-22khz-univ.onnx'].map((name) => ({ release: 'tts-models', file: name }));
    const about = { task: 'tts', family: 'matcha' } as const;
    const missing = join(folder, 'vocos-22khz-univ.onnx');
    expect(await importFile(file, about, sources)).toEqual({ kind: 'missing-source', path: missing });
    writeFileSync(missing, 'vocoder');
    expect(await importFile(missing, about, sources)).toMatchObject({ kind: 'installed' });
  });

  test('does not replace a model, nor cross somebody who changes it', async () => {
    await importFile(TINY);
    expect(await importFile(TINY)).toEqual({ kind: 'already-installed' });
    const unlock = await lockModel(modelsDir, 'other');
    expect(await importFile(TINY, { name: 'other' })).toEqual({ kind: 'busy' });
    unlock?.();
    expect(await importFile(TINY, { name: 'other' })).toMatchObject({ kind: 'installed' });
  });
});

describe('verifying', () => {
  beforeEach(async () => void (await importFile(TINY)));
  const path = (name: string): string => join(modelsDir, 'mine', name);
  const differences = async (): Promise<object> => (await verifyModel(modelsDir, 'mine')).differences;

  test('finds one flipped bit', async () => {
    const bytes = readFileSync(path('files/model.int8.onnx'));
    bytes[20_000] = (bytes[20_000] ?? 0) ^ 1;
    writeFileSync(path('files/model.int8.onnx'), bytes);
    expect(await differences()).toEqual([
      { path: 'files/model.int8.onnx', what: expect.stringMatching(/^has sha256 [0-9a-f]{64}, not [0-9a-f]{64}$/) },
    ]);
  });

  test('finds files that are missing, new, or links by now', async () => {
    rmSync(path('files/LICENSE'));
    writeFileSync(path('files/new.txt'), '');
    renameSync(path('files/test_wavs/0.txt'), join(folder, 'elsewhere'));
    symlinkSync(path('files/tokens.txt'), path('files/link'));
    expect(await differences()).toEqual([
      { path: 'files/LICENSE', what: 'is missing' },
      { path: 'files/test_wavs/0.txt', what: 'is missing' },
      { path: expect.stringMatching(/link|new/), what: 'was not there when it was installed' },
      { path: expect.stringMatching(/link|new/), what: 'was not there when it was installed' },
    ]);
  });

  test('finds a changed record and a broken list', async () => {
    appendFileSync(path('model.json'), ' ');
    expect(await differences()).toMatchObject([{ path: 'model.json' }]);
    appendFileSync(path('checksums.sha256'), 'nonsense\n');
    expect(await differences()).toEqual([{ path: 'checksums.sha256', what: 'cannot be read' }]);
  });
});

describe('removing', () => {
  test('takes a model away, a broken one too', async () => {
    await importFile(TINY);
    expect(await removeModel(modelsDir, 'mine')).toEqual({ kind: 'removed' });
    expect(await readModelsFolder(modelsDir)).toEqual({ models: [], broken: [] });
    await importFile(TINY);
    writeFileSync(join(modelsDir, 'mine/model.json'), '{');
    expect(await removeModel(modelsDir, 'mine')).toEqual({ kind: 'removed' });
    expect(await removeModel(modelsDir, 'mine')).toEqual({ kind: 'not-installed' });
  });

  test('waits for nobody', async () => {
    await importFile(TINY);
    const unlock = await lockModel(modelsDir, 'mine');
    expect(await removeModel(modelsDir, 'mine')).toEqual({ kind: 'busy' });
    unlock?.();
  });
});

describe('the models folder', () => {
  test('may be missing, and may hold what is no model', async () => {
    expect(await readModelsFolder(modelsDir)).toEqual({ models: [], broken: [] });
    await importFile(TINY);
    writeFileSync(join(modelsDir, 'README'), '');
    expect((await readModelsFolder(modelsDir)).models).toHaveLength(1);
  });

  test.each([
    ['no JSON', () => 'x', 'model.json cannot be read'],
    ['of another format', (text: string) => text.replace('"format": 1', '"format": 2'), 'not valid at format'],
    ['that leads out', (text: string) => text.replace('tokens.txt', '../tokens.txt'), 'leads out of the folder'],
    [
      'of another name',
      (text: string) => text.replace('"mine"', '"yours"'),
      "it is the folder of 'yours', renamed",
    ],
    ['of a file that is gone', (text: string) => text.replace('tokens.txt', 'gone.txt'), 'gone.txt is missing'],
  ])('tells a record %s', async (_what, change, reason) => {
    await importFile(TINY);
    const record = join(modelsDir, 'mine/model.json');
    writeFileSync(record, change(readFileSync(record, 'utf8')));
    const { models, broken } = await readModelsFolder(modelsDir);
    expect(models).toEqual([]);
    expect(broken).toEqual([{ name: 'mine', reason: expect.stringContaining(reason) }]);
  });
});
