import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../base/logger.ts';
import type { AccountId } from '../jobs/account.ts';
import type { JobId } from '../jobs/job-id.ts';
import type { ExecutingJob } from '../jobs/smart-job.ts';
import { openFolderStore } from '../objects/folder-store.ts';
import { WorkFiles } from '../objects/work-files.ts';
import { keptFiles, type KeptFiles } from './kept-files.ts';

let folder: string;
let saved: Map<string, string>;
let workFiles: WorkFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-files-'));
  saved = new Map();
  workFiles = new WorkFiles(await openFolderStore(join(folder, 'objects')));
  await writeFile(join(folder, 'part'), 'a part');
});
afterEach(() => rm(folder, { recursive: true }));

function kept(what: string, files: Pick<WorkFiles, 'keep' | 'fetch'> = workFiles): KeptFiles {
  const id = '01900000000070008000000000000001' as JobId;
  const run = {
    job: { account: '1234567890123456' as AccountId, id } as ExecutingJob,
    ...{ scratch: folder, signal: new AbortController().signal, report: () => undefined, log: silentLogger },
    checkpoints: {
      get: async (key: string) => saved.get(key),
      save: async (key: string, value: string) => void saved.set(key, value),
    },
  };
  return keptFiles(run, files, what);
}

const part = (): string => join(folder, 'part');
const copy = (): string => join(folder, 'copy');

test('a part comes back where it was made from the same, and not where anything has changed', async () => {
  await kept('segment').keep(0, 'of these', part());
  expect(await kept('segment').fetch(0, 'of others', copy())).toBe(false);
  expect(await kept('segment').fetch(1, 'of these', copy())).toBe(false);
  expect(await kept('chunk').fetch(0, 'of these', copy())).toBe(false);
  expect(await kept('segment').fetch(0, 'of these', copy())).toBe(true);
  expect(await readFile(copy(), 'utf8')).toBe('a part');
});

test('a part whose file is gone or was replaced is made again', async () => {
  await kept('segment').keep(0, 'of these', part());
  await writeFile(part(), 'another');
  await workFiles.keep('1234567890123456' as AccountId, '01900000000070008000000000000001' as JobId, 0, part());
  expect(await kept('segment').fetch(0, 'of these', copy())).toBe(false);
});

test('without room in the store there is no checkpoint, and the work goes on', async () => {
  const full = { keep: async () => undefined, fetch: workFiles.fetch.bind(workFiles) };
  await kept('segment', full).keep(0, 'of these', part());
  expect(saved.size).toBe(0);
  expect(await kept('segment', full).fetch(0, 'of these', copy())).toBe(false);
});

test('behind a part that found no room none is kept, so that all can be found again', async () => {
  const asked: number[] = [];
  const files: Pick<WorkFiles, 'keep' | 'fetch'> = {
    keep: async (_account, _id, index) => {
      asked.push(index);
      return index === 1 ? undefined : `version ${index}`;
    },
    fetch: async () => true,
  };
  const parts = kept('segment', files);
  for (const index of [0, 1, 2]) await parts.keep(index, 'of these', part());
  expect(asked).toEqual([0, 1]);
  expect([...saved.keys()]).toEqual(['segment 0']);
});
