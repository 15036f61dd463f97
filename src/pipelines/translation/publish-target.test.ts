import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../base/logger.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { ExecutingJob } from '../../jobs/smart-job.ts';
import type { MediaEntry } from '../../jobs/media-entry.ts';
import { parseObjectAddress } from '../../objects/object-address.ts';
import { openFolderStore } from '../../objects/folder-store.ts';
import type { ObjectStore } from '../../objects/object-store.ts';
import { inputAddress } from '../input-address.ts';
import { publishExtras } from './publish-target.ts';
import type { TranslationWork } from './translation-work.ts';

const ACCOUNT = '1234567890123456' as AccountId;

const OWN = ['http://127.0.0.1:7789'];
const MEDIA = { mediaId: '0'.repeat(32), inputUrl: 'oss://films/talk.srt' } as MediaEntry;

let folder: string;
let store: ObjectStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'publish-target-'));
  store = await openFolderStore(join(folder, 'objects'));
  await writeFile(join(folder, 'made.srt'), 'made');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function work(objects: ObjectStore, subtitle: string): TranslationWork {
  const saved = new Map<string, string>();
  const checkpoints = {
    get: async (key: string) => saved.get(key),
    save: async (key: string, value: string) => void saved.set(key, value),
  };
  const job = { account: ACCOUNT, outputBucket: 'films', outputObject: 'talk.mp4', parameters: {} };
  return {
    run: { job: job as unknown as ExecutingJob, checkpoints, log: silentLogger },
    parts: {
      objects,
      inputAddress: inputAddress({ get: async () => MEDIA }, (input) => parseObjectAddress(input, OWN)),
    },
    settings: { input: { type: 'Video', media: 'oss://uploads/talk.mp4', subtitle } },
  } as unknown as TranslationWork;
}

const file = (key: string) => ({ path: join(folder, 'made.srt'), key, url: `oss://films/${key}` });

test('a file is put beside the object', async () => {
  const extra = file('talk.srt');
  const { written, warnings } = await publishExtras(work(store, 'oss://uploads/talk.srt'), [extra]);
  expect([written.has(extra), warnings]).toEqual([true, []]);
  await store.fetchTo(ACCOUNT, 'films', 'talk.srt', join(folder, 'back'));
  expect(await readFile(join(folder, 'back'), 'utf8')).toBe('made');
});

test.each([
  'oss://films/talk.srt',
  'oss://films/%74alk.srt',
  'https://films.oss-cn-shanghai.aliyuncs.com/talk.srt',
  'http://127.0.0.1:7789/films/talk.srt',
  MEDIA.mediaId,
])('what the job was made from is not overwritten: %s', async (subtitle) => {
  const extra = file('talk.srt');
  const { written, warnings } = await publishExtras(work(store, subtitle), [extra]);
  expect(written.size).toBe(0);
  expect(warnings).toEqual(['oss://films/talk.srt was not written: it is an input of the job.']);
  expect((await store.head(ACCOUNT, 'films', 'talk.srt')).kind).not.toBe('found');
});

test('one that has no room is a warning, and the next is put', async () => {
  let puts = 0;
  const put: ObjectStore['put'] = async (...request) => {
    puts += 1;
    return puts === 1 ? { kind: 'quota-exceeded', maxBytes: 10 } : await store.put(...request);
  };
  const full = {
    createBucket: async (...request: Parameters<ObjectStore['createBucket']>) =>
      await store.createBucket(...request),
    head: async (...request: Parameters<ObjectStore['head']>) => await store.head(...request),
    put,
  } as ObjectStore;
  const [first, second] = [file('talk.srt'), file('talk.bilingual.srt')];
  const { written, warnings } = await publishExtras(work(full, 'oss://uploads/a.srt'), [first, second]);
  expect([...written]).toEqual([second]);
  expect(warnings).toEqual([expect.stringMatching(/^oss:\/\/films\/talk\.srt was not written\. .*10 bytes/)]);
});
