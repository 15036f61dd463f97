import { mkdtemp, rm } from 'node:fs/promises';
import { createSecretKey, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoredPolicies } from '../../src/auth/policy-source.ts';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import { startObjectFront, type ObjectFront } from '../../src/object-front/object-front.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import { createMediaSource } from '../../src/objects/media-source.ts';
import { parseObjectAddress } from '../../src/objects/object-address.ts';
import type { ObjectStore } from '../../src/objects/object-store.ts';
import { ALL_OPERATIONS } from '../../src/operations/all-operations.ts';
import { sealOf } from '../../src/server/master-seal.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { objectClient } from '../support/object-client.ts';
import { comparisons, seeded, takeStep } from './mixed-calls.ts';
import { Tenant, withoutId } from './tenant.ts';

/** 1.7 calls each: 3,000 calls here, and 100,000 with `TENANT_STEPS=62000 npx vitest run test/tenants`. */
const STEPS = Number(process.env['TENANT_STEPS'] ?? 1800);
const SEED = Number(process.env['TENANT_SEED'] ?? randomBytes(4).readUInt32BE());
/** Steps that are under way at the same time. */
const ABREAST = 24;

let folder: string;
let store: SqliteStore;
let objects: ObjectStore;
let calls = 0;
let ann: Tenant;
let bob: Tenant;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-tenants-'));
  const [sealing, key] = [randomBytes(32), randomBytes(32)].map((bytes) => createSecretKey(bytes));
  store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: sealOf(sealing!) });
  objects = await openFolderStore(join(folder, 'objects'));
  const policies = new StoredPolicies(store.identities);
  const shared = { policies, tokenKey: key!, diagnosticKey: key!, clock: systemClock };
  const services = {
    ...shared,
    identities: store.identities,
    media: store.media,
    objects,
    jobs: store.jobs,
    hints: new JobHints(),
    hotwords: store.hotwords,
    outputs: { linkTo: (): string => '', forget: async (): Promise<void> => undefined },
    pageTokenKey: randomBytes(32),
    addressOf: (input: string) => parseObjectAddress(input),
  };
  const nonces = { remember: async () => true, stop: () => Promise.resolve() };
  const parts = { ...shared, keys: store.accessKeys, nonces, log: silentLogger };
  const gateway = new Gateway({ ...parts, operations: ALL_OPERATIONS, services });
  const counted = {
    answer: (request: Parameters<typeof gateway.answer>[0]) => {
      calls += 1;
      return gateway.answer(request);
    },
  };
  ann = new Tenant(counted, '1000000000000001' as AccountId, 'annamark');
  bob = new Tenant(counted, '1000000000000002' as AccountId, 'bobsmark');
  for (const { accessKeyId, accessKeySecret, account } of [ann, bob]) {
    await store.accessKeys.saveRoot(accessKeyId, accessKeySecret, account);
  }
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

test(`two tenants see nothing of each other in ${STEPS} random steps`, async () => {
  const random = seeded(SEED);
  const pairs: readonly (readonly [Tenant, Tenant])[] = [
    [ann, bob],
    [bob, ann],
  ];
  console.log(`TENANT_SEED=${SEED}`);
  const anyPair = (): readonly [Tenant, Tenant] => pairs[random(2)] ?? [ann, bob];
  for (let taken = 0; taken < STEPS; taken += ABREAST) {
    const abreast = Array.from({ length: ABREAST }, anyPair);
    await Promise.all(abreast.map(([own, other]) => takeStep(own, other, random)));
  }
  for (const own of [ann, bob]) {
    const { body } = await own.call('ice', 'ListSmartJobs', { PageNo: '1', PageSize: '1' });
    expect(own.jobs.size).toBeGreaterThan(0);
    expect(body['TotalCount']).toBe(String(own.jobs.size));
  }
  const kinds = ['job', 'media', 'library', 'token', 'users', 'roles', 'policies', 'key', 'session'];
  expect(kinds.filter((kind) => (comparisons.get(kind) ?? 0) < 5)).toEqual([]);
  console.log(`${calls} calls: no foreign row, no answer that tells a foreign id from an unknown one`);
}, 3_600_000);

test('a foreign id is answered, byte for byte, as the same id once it exists no more', async () => {
  const { body } = await ann.call('ice', 'SubmitASRJob', { InputFile: 'oss://media/a.wav' });
  const JobId = String(body['JobId']);
  const actions = ['GetSmartHandleJob', 'CancelSmartJob', 'RetrySmartJob', 'DeleteSmartJob'];
  const ask = () => Promise.all(actions.map((action) => bob.call('ice', action, { JobId })));
  const foreign = await ask();
  expect(await ann.call('ice', 'GetSmartHandleJob', { JobId })).toMatchObject({ status: 200 });
  await ann.call('ice', 'DeleteSmartJob', { JobId });
  expect(JSON.stringify(await ask())).toBe(JSON.stringify(foreign));
});

describe('objects', () => {
  let front: ObjectFront;

  beforeAll(async () => {
    front = await startObjectFront(
      {
        objects,
        keys: store.accessKeys,
        policies: new StoredPolicies(store.identities),
        clock: systemClock,
        log: silentLogger,
      },
      { host: '127.0.0.1', port: 0 },
    );
    await objects.createBucket(ann.account, 'anns-bucket');
    await objects.put(ann.account, 'anns-bucket', 'there', Readable.from([Buffer.from('mine')]));
  });
  afterAll(() => front.stop());

  test('of a foreign bucket are refused alike, whether they are there or not', async () => {
    const { accessKeyId, accessKeySecret } = bob;
    const place = { accessKeyId, accessKeySecret, objects: `http://127.0.0.1:${front.port}` };
    const storage = objectClient(place, 'anns-bucket');
    const said = async (ask: (key: string) => Promise<unknown>, key: string): Promise<string> => {
      const error = await ask(key).then(
        () => expect.unreachable(),
        (thrown: unknown) => thrown,
      );
      const { status, code, message } = error as { status: number; code: string; message: string };
      return withoutId({ status, headers: {}, body: { code, message } }, key);
    };
    for (const ask of [
      (key: string) => storage.get(key),
      (key: string) => storage.head(key),
      (key: string) => storage.put(key, Buffer.from('x')),
    ]) {
      expect(await said(ask, 'there')).toBe(await said(ask, 'nowhere'));
    }
    expect((await objects.head(ann.account, 'anns-bucket', 'there')).kind).toBe('found');
  });

  test('of a foreign bucket are to a job what those of a missing bucket are', async () => {
    const fetchUrl = () => Promise.reject(new Error('nothing is fetched'));
    const source = createMediaSource({ store: objects, fetchUrl, ownUrls: () => [] });
    const outcomes = await Promise.all(
      ['anns-bucket', 'nobodys-bucket'].map(async (bucket) => {
        const options = { maxBytes: 1000, signal: new AbortController().signal };
        const outcome = await source.fetch(bob.account, `oss://${bucket}/there`, join(folder, 'input'), options);
        return JSON.stringify(outcome).replaceAll(bucket, '<bucket>');
      }),
    );
    expect(outcomes[0]).toBe(outcomes[1]);
    expect(outcomes[0]).not.toContain('fetched');
  });
});
