import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CatalogModel } from './catalog.ts';
import { installedModels, readModelsFolder } from './installed-models.ts';
import { pullModel, type Pull, type PullOutcome } from './pull-model.ts';
import { tarOfFiles } from './test-archives.ts';
import { startReleases, type TestReleases } from './test-releases.ts';
import { verifyModel } from './verify-model.ts';

const TINY = readFileSync(join(import.meta.dirname, 'fixtures/tiny-model.tar.bz2'));
const TINY_HASH = createHash('sha256').update(TINY).digest('hex');

const model: CatalogModel = {
  name: 'tiny-model',
  short: 'tiny',
  task: 'asr',
  family: 'sense-voice',
  languages: ['en', 'zh'],
  licence: 'MIT',
  description: 'A model for tests.',
  sources: [{ release: 'asr-models', file: 'tiny-model.tar.bz2', bytes: TINY.length, sha256: TINY_HASH }],
};

let modelsDir: string;
let releases: TestReleases;
beforeEach(async () => {
  modelsDir = join(await mkdtemp(join(tmpdir(), 'smartjobs-pull-')), 'models');
  releases = await startReleases();
  releases.files.set('asr-models/tiny-model.tar.bz2', { content: TINY });
});
afterEach(async () => {
  await releases.stop();
  await rm(join(modelsDir, '..'), { recursive: true });
});

function pull(options: Partial<Pull> = {}): Promise<PullOutcome> {
  return pullModel({
    modelsDir,
    model,
    base: releases.base,
    now: Date.UTC(2026, 10, 22),
    signal: new AbortController().signal,
    sleep: () => Promise.resolve(),
    onDownload: (_file, received) => releases.received(received),
    onRetry: () => undefined,
    onUnpack: () => undefined,
    ...options,
  });
}

function withSource(source: Partial<CatalogModel['sources'][number]>): CatalogModel {
  const [first] = model.sources;
  if (first === undefined) throw new Error('the model has a source');
  return { ...model, sources: [{ ...first, ...source }] };
}

/** All that lies in the models folder but empty lock files. */
function leftovers(): string[] {
  const entries = readdirSync(modelsDir, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory() || entry.parentPath.endsWith('.locks') ? [] : [join(entry.parentPath, entry.name)],
  );
}

describe('pulling a model', () => {
  test('makes a folder that engines can load from, with a record of where it came from', async () => {
    const outcome = await pull();
    const folder = join(modelsDir, 'tiny-model');
    expect(outcome).toMatchObject({ kind: 'installed', sources: [{ trust: 'catalog', sha256: TINY_HASH }] });
    expect(await installedModels(modelsDir)).toEqual([
      {
        name: 'tiny-model',
        task: 'asr',
        family: 'sense-voice',
        languages: ['en', 'zh'],
        folder,
        files: { model: join(folder, 'files/model.int8.onnx'), tokens: join(folder, 'files/tokens.txt') },
      },
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))).toEqual({
      format: 1,
      name: 'tiny-model',
      task: 'asr',
      family: 'sense-voice',
      languages: ['en', 'zh'],
      licence: 'MIT',
      files: { model: 'model.int8.onnx', tokens: 'tokens.txt' },
      bytes: 30_044,
      sources: [{ file: 'tiny-model.tar.bz2', bytes: TINY.length, sha256: TINY_HASH, trust: 'catalog' }],
      installedAt: '2026-11-22T00:00:00.000Z',
    });
  });

  test('keeps one precision of a network, and no download', async () => {
    await pull();
    expect(readdirSync(join(modelsDir, 'tiny-model/files')).toSorted()).toEqual([
      'LICENSE',
      'model.int8.onnx',
      'test_wavs',
      'tokens.txt',
    ]);
    expect(readdirSync(join(modelsDir, '.downloads'))).toEqual([]);
    expect(await verifyModel(modelsDir, 'tiny-model')).toEqual({ name: 'tiny-model', files: 5, differences: [] });
  });

  test('writes down the hash of a file that the catalog has none of', async () => {
    const unpinned = { ...model, sources: [{ release: 'asr-models', file: 'tiny-model.tar.bz2' }] };
    expect(await pull({ model: unpinned })).toMatchObject({
      kind: 'installed',
      sources: [{ trust: 'computed', sha256: TINY_HASH }],
    });
  });

  test('that was cut goes on at the next pull', async () => {
    releases.files.set('asr-models/tiny-model.tar.bz2', { content: TINY, cutsAfter: [9000, 0, 0, 0, 0] });
    expect(await pull()).toMatchObject({ kind: 'unreachable', file: 'tiny-model.tar.bz2', received: 9000 });
    expect(await installedModels(modelsDir)).toEqual([]);
    expect(await pull()).toMatchObject({ kind: 'installed' });
    expect(releases.requests.at(-1)?.headers.range).toBe('bytes=9000-');
  });

  test('of several files brings them all', async () => {
    const voice = await tarOfFiles('baker', {
      'model-steps-3.onnx': 'am',
      'tokens.txt': 'a 0',
      'lexicon.txt': 'a a',
    });
    releases.files.set('tts-models/baker.tar', { content: voice });
    releases.files.set('vocoder-models/vocos-22khz-univ.onnx', { content: Buffer.from('vocoder') });
    const sources = [
      { release: 'tts-models', file: 'baker.tar' },
      { release: 'vocoder-models', file: 'vocos-22khz-univ.onnx' },
    ];
    await pull({ model: { ...model, name: 'baker', task: 'tts', family: 'matcha', sources } });
    const [baker] = await installedModels(modelsDir);
    const files = join(modelsDir, 'baker/files');
    expect(baker?.files).toEqual({
      acousticModel: join(files, 'model-steps-3.onnx'),
      vocoder: join(files, 'vocos-22khz-univ.onnx'),
      tokens: join(files, 'tokens.txt'),
      lexicon: join(files, 'lexicon.txt'),
    });
  });

  test('replaces one that is broken, and leaves a whole one alone', async () => {
    await pull();
    expect(await pull()).toEqual({ kind: 'already-installed' });
    expect(releases.requests).toHaveLength(1);
    await rm(join(modelsDir, 'tiny-model/files/tokens.txt'));
    expect((await readModelsFolder(modelsDir)).broken).toMatchObject([{ name: 'tiny-model' }]);
    expect(await pull()).toMatchObject({ kind: 'installed' });
    expect((await readModelsFolder(modelsDir)).broken).toEqual([]);
  });

  test('clears away what a killed pull left, and nothing of another model', async () => {
    await mkdir(join(modelsDir, '.staging-tiny-model-0123abcd/files'), { recursive: true });
    await mkdir(join(modelsDir, '.staging-tiny-model-two-0123abcd'));
    await pull();
    expect(readdirSync(modelsDir).toSorted()).toEqual([
      '.downloads',
      '.locks',
      '.staging-tiny-model-two-0123abcd',
      'tiny-model',
    ]);
  });

  test('twice at a time happens once', async () => {
    const outcomes = await Promise.all([pull(), pull()]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['busy', 'installed']);
    expect(await pull()).toEqual({ kind: 'already-installed' });
  });

  test('of two models at a time brings both', async () => {
    await Promise.all([pull(), pull({ model: { ...model, name: 'second-model' } })]);
    const names = (await installedModels(modelsDir)).map(({ name }) => name);
    expect(names).toEqual(['second-model', 'tiny-model']);
  });
});

describe('a pull that is refused leaves nothing:', () => {
  afterEach(() => expect(leftovers()).toEqual([]));

  test('a wrong hash, of which both are told', async () => {
    const expected = 'ab'.repeat(32);
    expect(await pull({ model: withSource({ sha256: expected }) })).toEqual({
      kind: 'wrong-hash',
      file: 'tiny-model.tar.bz2',
      expected,
      found: TINY_HASH,
    });
  });

  test('a wrong size', async () => {
    expect(await pull({ model: withSource({ bytes: 5 }) })).toMatchObject({ kind: 'wrong-size', expected: 5 });
  });

  test('an archive that is cut off', async () => {
    releases.files.set('asr-models/tiny-model.tar.bz2', { content: TINY.subarray(0, 10_000) });
    const source = { release: 'asr-models', file: 'tiny-model.tar.bz2' };
    expect(await pull({ model: { ...model, sources: [source] } })).toEqual({
      kind: 'broken-archive',
      file: 'tiny-model.tar.bz2',
      reason: 'it is cut off',
    });
  });

  test('a page of a portal in the place of the file', async () => {
    releases.files.set('asr-models/tiny-model.tar.bz2', { content: Buffer.from('<html>Please log in') });
    const source = { release: 'asr-models', file: 'tiny-model.tar.bz2' };
    expect(await pull({ model: { ...model, sources: [source] } })).toMatchObject({
      kind: 'broken-archive',
      reason: expect.stringContaining('neither an archive'),
    });
  });

  test('an archive that lacks what its family is loaded from', async () => {
    expect(await pull({ model: { ...model, family: 'whisper' } })).toEqual({
      kind: 'missing-file',
      family: 'whisper',
      role: 'encoder',
    });
  });

  test('a file that is not there', async () => {
    releases.files.clear();
    expect(await pull()).toMatchObject({ kind: 'not-found', file: 'tiny-model.tar.bz2' });
  });

  test('more than fits on the disk, before anything is asked for', async () => {
    const outcome = await pull({ model: withSource({ bytes: 2 ** 60 }) });
    expect(outcome).toMatchObject({ kind: 'no-space', needed: 3 * 2 ** 60 });
    expect(releases.requests).toEqual([]);
  });
});

test('a bundled model needs no network and no folder', async () => {
  expect(await pull({ model: { ...model, bundled: 'models/x.onnx' } })).toEqual({ kind: 'bundled' });
  expect(existsSync(modelsDir)).toBe(false);
});

test('a folder that cannot be written is no outcome of the download', async () => {
  await writeFile(modelsDir, 'a file');
  await expect(pull()).rejects.toMatchObject({ code: expect.stringMatching(/EEXIST|ENOTDIR/) });
});
