import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { assetPath } from '../asset-path.ts';
import { findByFile, findInCatalog, modelCatalog, RELEASES, sourceUrl } from './catalog.ts';
import { isModelFamily, tasksOf } from './model-files.ts';
import { LANGUAGE_TAG, MODEL_NAME } from './model-record.ts';
import { MODEL_TASKS } from './model.ts';
import { nearestNames } from './nearest-names.ts';

const source = z.strictObject({
  release: z.string().regex(/^[a-z-]+-models$/),
  file: z.string().regex(/^[\w.+-]+\.(tar\.bz2|onnx)$/),
  bytes: z.number().int().positive().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  hashFrom: z.string().optional(),
});

const file = z.strictObject({
  about: z.string(),
  hashSources: z.record(z.string(), z.string()),
  models: z.array(
    z.strictObject({
      name: z.string().regex(MODEL_NAME),
      short: z.string().regex(MODEL_NAME),
      task: z.enum(MODEL_TASKS),
      family: z.string().refine(isModelFamily),
      languages: z.string(),
      licence: z.string().min(1).max(200),
      description: z.string().max(100),
      bundled: z.string().optional(),
      sources: z.array(source),
    }),
  ),
});

describe('the catalog', () => {
  const { hashSources, models } = file.parse(JSON.parse(readFileSync(assetPath('models/catalog.json'), 'utf8')));

  test('says of each hash which public source gives it', () => {
    const sources = models.flatMap((model) => model.sources);
    const origins = sources.flatMap(({ sha256, hashFrom }) => (sha256 === undefined ? [] : [hashFrom]));
    expect(origins.length).toBeGreaterThan(20);
    expect(origins.filter((origin) => !Object.keys(hashSources).includes(origin ?? ''))).toEqual([]);
    expect(sources.filter(({ sha256, hashFrom }) => sha256 === undefined && hashFrom !== undefined)).toEqual([]);
  });

  test('has each name, file and hash once', () => {
    const names = models.flatMap(({ name, short }) => [...new Set([name, short])]);
    const sources = models.flatMap((model) => model.sources);
    const hashes = sources.flatMap(({ sha256 }) => sha256 ?? []);
    for (const list of [names, sources.map((one) => one.file), hashes])
      expect(new Set(list).size).toBe(list.length);
  });

  test('has models that their family can serve, with files or bundled', () => {
    for (const { task, family, sources, bundled } of models) {
      expect(tasksOf(family)).toContain(task);
      expect(sources.length > 0).toBe(bundled === undefined);
    }
    const files = models.flatMap(({ bundled }) => bundled ?? []);
    expect(files.map((path) => existsSync(assetPath(path)))).toEqual([true]);
  });

  test('has a model for every task but the one that whisper serves too', () => {
    const tasks = new Set(models.map(({ task }) => task));
    expect(MODEL_TASKS.filter((task) => !tasks.has(task))).toEqual(['language-identification']);
  });

  test('is read with languages as lists of primary tags', () => {
    for (const { languages } of modelCatalog()) for (const tag of languages) expect(tag).toMatch(LANGUAGE_TAG);
    expect(findInCatalog('parakeet-v3')?.languages).toHaveLength(25);
    expect(findInCatalog('whisper-small')?.languages).toHaveLength(99);
    expect(findInCatalog('pyannote')?.languages).toEqual([]);
  });
});

describe('a model of the catalog', () => {
  test('is found by its name, its short name and its file', () => {
    const name = 'sherpa-onnx-whisper-tiny.en';
    expect(findInCatalog(name)?.name).toBe(name);
    expect(findInCatalog('Whisper-Tiny.EN')?.name).toBe(name);
    expect(findByFile(`${name}.tar.bz2`)?.name).toBe(name);
    expect(findByFile('vocos-22khz-univ.onnx')?.short).toBe('matcha-zh');
    expect(findInCatalog('whisper')).toBeUndefined();
  });

  test('lies where its release does, or at a mirror', () => {
    const one = { release: 'asr-models', file: 'a+b.tar.bz2' };
    expect(sourceUrl(one, RELEASES)).toBe(
      'https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models/a%2Bb.tar.bz2',
    );
    expect(sourceUrl(one, 'https://u:p@mirror/x')).toBe('https://u:p@mirror/x/asr-models/a%2Bb.tar.bz2');
  });

  test.each([
    ['sensevoice', ['sense-voice']],
    ['parakeet', ['parakeet-v3']],
    ['kokoro-v1', ['kokoro']],
    ['xyzzy', []],
  ])('%s may have been meant as %j', (typed, meant) => {
    const near = nearestNames(
      typed,
      modelCatalog().map(({ short }) => short),
    );
    expect(near.slice(0, 1)).toEqual(meant);
  });
});
