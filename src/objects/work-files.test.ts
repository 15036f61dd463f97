import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountId } from '../jobs/account.ts';
import type { JobId } from '../jobs/job-id.ts';
import { openFolderStore } from './folder-store.ts';
import { limitStorage } from './limited-store.ts';
import type { ObjectStore } from './object-store.ts';
import { resultsBucket } from './reserved-bucket.ts';
import { WorkFiles } from './work-files.ts';

const ALICE = '1234567890123456' as AccountId;
const JOB = '01900000000070008000000000000001' as JobId;
const OTHER = '01900000000070008000000000000002' as JobId;
const { signal } = new AbortController();

let folder: string;
let objects: ObjectStore;
let files: WorkFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'work-files-'));
  objects = await openFolderStore(join(folder, 'objects'));
  files = new WorkFiles(objects);
});
afterEach(() => rm(folder, { recursive: true }));

async function keep(text: string, index: number, job = JOB): Promise<string> {
  const path = join(folder, 'source');
  await writeFile(path, text);
  return (await files.keep(ALICE, job, index, path)) ?? '';
}

const fetched = (index: number, version: string, job = JOB): Promise<boolean> =>
  files.fetch(ALICE, job, { index, version }, join(folder, 'copy'), signal);

test('a file comes back in the version that was kept, and in no other', async () => {
  const first = await keep('one', 0);
  expect(await fetched(0, first)).toBe(true);
  expect(await readFile(join(folder, 'copy'), 'utf8')).toBe('one');
  const second = await keep('two', 0);
  expect(await fetched(0, first)).toBe(false);
  expect(await fetched(0, second)).toBe(true);
  expect(await fetched(1, second)).toBe(false);
  expect(await fetched(0, second, OTHER)).toBe(false);
});

test('all files of the jobs are removed, and those of other jobs stay', async () => {
  for (let index = 0; index < 12; index += 1) await keep('text', index);
  const version = await keep('text', 0, OTHER);
  await files.remove(ALICE, [JOB]);
  for (let index = 0; index < 12; index += 1) expect(await fetched(index, version)).toBe(false);
  expect(await fetched(0, version, OTHER)).toBe(true);
});

test('a removal that was cut short is completed by the next', async () => {
  const versions = [await keep('a', 0), await keep('b', 1), await keep('c', 2)];
  await objects.remove(ALICE, resultsBucket(ALICE), `work/${JOB}/000002`);
  await files.remove(ALICE, [JOB]);
  for (const [index, version] of versions.entries()) expect(await fetched(index, version)).toBe(false);
});

test('a file that arrives while its job is being removed goes with the next removal', async () => {
  await keep('a', 0);
  await keep('b', 1);
  await new WorkFiles(objects).remove(ALICE, [JOB]);
  const version = await keep('late', 2);
  expect(await fetched(2, version)).toBe(true);
  await files.remove(ALICE, [JOB]);
  expect(await fetched(2, version)).toBe(false);
});

test('where the account has no room, nothing is kept and nothing is broken', async () => {
  files = new WorkFiles(limitStorage(objects, { maxBytes: 2, storedBytes: async () => 0 }));
  expect(await keep('too long', 0)).toBe('');
  await files.remove(ALICE, [JOB]);
});

test('an account without a bucket has nothing to remove', async () => {
  await files.remove(ALICE, [JOB]);
  expect((await objects.hasBucket(ALICE, resultsBucket(ALICE))).kind).toBe('no-such-bucket');
});
