import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../test-bench.ts';
import { projectFile } from '../project-root.ts';
import { modelsCheck } from './models-check.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'smartjobs-doctor-models-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('the doctor', () => {
  test('says that there are no models, and how to get some', async () => {
    const missing = join(folder, 'missing');
    expect(await modelsCheck(missing)).toEqual([
      { name: 'models', state: 'optional', detail: `none in ${missing}`, remedy: expect.stringContaining('pull') },
    ]);
  });

  test('names the installed models, and what to do about broken ones', async () => {
    const tiny = projectFile('src/engines/models/fixtures/tiny-model.tar.bz2');
    const options = ['--name', 'mine', '--family', 'sense-voice', '--models-dir', folder];
    await runCli(folder, ['models', 'import', tiny, ...options]);
    mkdirSync(join(folder, 'half'));
    expect(await modelsCheck(folder)).toEqual([
      { name: 'models', state: 'ok', detail: 'mine' },
      {
        name: 'model half',
        state: 'optional',
        detail: expect.stringContaining('model.json cannot be read'),
        remedy: expect.stringContaining('smartjobs models remove half'),
      },
    ]);
  });

  test('says why the folder cannot be read', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await modelsCheck(file)).toMatchObject([
      { state: 'optional', detail: expect.stringContaining('ENOTDIR') },
    ]);
  });
});
