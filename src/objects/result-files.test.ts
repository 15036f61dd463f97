import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobId } from '../jobs/job-id.ts';
import { ALICE, BOB, contentOf } from './contract/object-store-contract.ts';
import { openFolderStore } from './folder-store.ts';
import { limitStorage } from './limited-store.ts';
import type { ObjectStore } from './object-store.ts';
import { ResultFiles } from './result-files.ts';

const JOB = '0190000000007000a000000000000001' as JobId;
const OTHER = '0190000000007000a000000000000002' as JobId;
const BUCKET = `smartjobs-results-${ALICE}`;

let root: string;
let objects: ObjectStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'result-files-'));
  objects = await openFolderStore(root);
});
afterEach(() => rm(root, { recursive: true }));

const files = (text: string) => [{ type: 'Json', text } as const, { type: 'Text', text: `${text} 你好` } as const];

test('files are written, replaced by a later run, and removed with the job, those of others not', async () => {
  const results = new ResultFiles(objects);
  await results.write(ALICE, OTHER, files('other'));
  await results.write(ALICE, JOB, files('first'));
  expect(await results.write(ALICE, JOB, files('second'))).toEqual({
    kind: 'written',
    files: {
      Json: `oss://${BUCKET}/${JOB}/transcript.json`,
      Text: `oss://${BUCKET}/${JOB}/transcript.txt`,
    },
  });
  expect(await contentOf(objects, ALICE, BUCKET, `${JOB}/transcript.txt`)).toBe('second 你好');
  expect(await objects.head(ALICE, BUCKET, `${JOB}/transcript.txt`)).toMatchObject({
    info: { contentType: 'text/plain; charset=utf-8' },
  });
  await results.remove(BOB, [JOB]);
  await results.remove(ALICE, [JOB, JOB]);
  expect(await contentOf(objects, ALICE, BUCKET, `${JOB}/transcript.json`)).toBe('no-such-key');
  expect(await contentOf(objects, ALICE, BUCKET, `${OTHER}/transcript.json`)).toBe('other');
  expect((await readdir(join(root, BUCKET))).filter((name) => !name.startsWith('%'))).toEqual([OTHER]);
});

test('where they do not fit into the quota none is written, and the reason is told', async () => {
  const results = new ResultFiles(limitStorage(objects, { maxBytes: 20, storedBytes: async () => 0 }));
  const outcome = await results.write(ALICE, JOB, files('fourteen bytes'));
  expect(outcome).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('20 bytes together') as string,
  });
  expect(await contentOf(objects, ALICE, BUCKET, `${JOB}/transcript.json`)).toBe('no-such-key');
});

test('nothing is made where there is nothing to remove', async () => {
  await new ResultFiles(objects).remove(ALICE, [JOB]);
  expect(await readdir(root)).toEqual([]);
});
