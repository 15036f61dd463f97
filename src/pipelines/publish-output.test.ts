import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountId } from '../jobs/account.ts';
import { openFolderStore } from '../objects/folder-store.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { PipelineRun } from './pipeline.ts';
import { isPublished, publishOutput } from './publish-output.ts';

const account = '1234567890123456' as AccountId;
let folder = '';
let objects: ObjectStore;
let checkpoints: Map<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'publish-'));
  objects = await openFolderStore(join(folder, 'objects'));
  checkpoints = new Map();
});
afterEach(() => rm(folder, { recursive: true }));

function runOf(Overwrite: string): PipelineRun {
  const run: unknown = {
    job: { account, outputBucket: 'films', outputObject: 'a.mp4', parameters: { Overwrite } },
    checkpoints: {
      get: async (key: string) => checkpoints.get(key),
      save: async (key: string, value: string) => void checkpoints.set(key, value),
    },
  };
  return run as PipelineRun;
}

async function publish(made: string, Overwrite = 'false', store: Partial<ObjectStore> = {}) {
  const path = join(folder, 'file');
  await writeFile(path, made);
  const parts = { objects: { ...bound(), ...store }, mediaIds: { settle: async () => true } };
  return await publishOutput(runOf(Overwrite), parts, { path, key: 'a.mp4' });
}

function bound(): Pick<ObjectStore, 'createBucket' | 'head' | 'put'> {
  return {
    createBucket: async (...given) => await objects.createBucket(...given),
    head: async (...given) => await objects.head(...given),
    put: async (...given) => await objects.put(...given),
  };
}

async function content(): Promise<string | undefined> {
  const found = await objects.read(account, 'films', 'a.mp4');
  return found.kind === 'found' ? await text(found.object.stream()) : undefined;
}

const there = () => isPublished(runOf('false'), { objects, mediaIds: { settle: async () => true } }, 'a.mp4');

test('what was made anew takes the place of what the job had put before, also where Overwrite is false', async () => {
  expect([await publish('one'), await there(), await content()]).toEqual([undefined, true, 'one']);
  expect([await publish('two'), await there(), await content()]).toEqual([undefined, true, 'two']);
});

test('what is there already is not put again', async () => {
  await publish('one');
  const put = () => Promise.reject(new Error('put again'));
  expect(await publish('one', 'false', { put })).toBeUndefined();
});

test('a run that dies before it puts something new leaves what the next one knows as its own', async () => {
  await publish('one');
  const put = () => Promise.reject(new Error('died'));
  await expect(publish('two', 'false', { put })).rejects.toThrow('died');
  expect([await there(), await content()]).toEqual([false, 'one']);
  expect([await publish('three'), await there(), await content()]).toEqual([undefined, true, 'three']);
});

test('the object of somebody else is replaced only where it may be', async () => {
  await objects.createBucket(account, 'films');
  await objects.put(account, 'films', 'a.mp4', Readable.from(['theirs']));
  expect(await publish('one')).toMatchObject({ kind: 'failed', failure: { code: 'OutputObjectExists' } });
  expect(await content()).toBe('theirs');
  expect([await publish('one', 'true'), await content()]).toEqual([undefined, 'one']);
});
