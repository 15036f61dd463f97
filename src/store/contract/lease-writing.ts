import { describe, expect, test } from 'vitest';
import type { JobStore } from '../../jobs/job-store.ts';
import type { Lease } from '../../jobs/smart-job.ts';
import { ALICE, BOB, BROKEN, draft, LEASE_MS, RESULT, UNKNOWN_ID } from './sample-jobs.ts';
import { eachWithStore, type MakeHome } from './store-fixture.ts';

const LEASE_WRITES: Record<string, (store: JobStore, lease: Lease) => Promise<boolean>> = {
  renew: (store, lease) => store.renew(lease, LEASE_MS),
  saveProgress: (store, lease) => store.saveProgress(lease, { percent: 99, step: 'late' }),
  saveCheckpoint: (store, lease) => store.saveCheckpoint(lease, 'late', 'value'),
  finish: (store, lease) => store.finish(lease, RESULT),
  fail: (store, lease) => store.fail(lease, BROKEN),
  handBack: (store, lease) => store.handBack(lease),
};

function fenceContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test.each(Object.entries(LEASE_WRITES))('%s by a worker that lost its lease writes nothing', async (_, write) => {
    const { store, clock } = fixture();
    const id = await fixture().submit();
    const { lease: lost } = await fixture().claim('worker-1');
    clock.advance(LEASE_MS);
    const { job, lease } = await fixture().claim('worker-2');
    await expect(write(store, lost)).resolves.toBe(false);
    await expect(store.get(ALICE, id)).resolves.toEqual(job);
    await expect(store.holds(lost)).resolves.toBe(false);
    await expect(store.holds(lease)).resolves.toBe(true);
  });

  test.each(Object.entries(LEASE_WRITES))(
    '%s is good after the lease ran out, until another claims',
    async (_, write) => {
      const { store, clock } = fixture();
      await fixture().submit();
      const { lease } = await fixture().claim();
      clock.advance(LEASE_MS * 10);
      await expect(store.holds(lease)).resolves.toBe(true);
      await expect(write(store, lease)).resolves.toBe(true);
    },
  );

  test.each(Object.entries(LEASE_WRITES))(
    '%s needs the account, the job and the epoch of the lease',
    async (_, write) => {
      const { store } = fixture();
      await store.submit(BOB, draft());
      const { lease } = await fixture().claim();
      const before = await store.get(BOB, lease.jobId);
      await fixture().submit();
      const wrong: Lease[] = [
        { ...lease, account: ALICE },
        { ...lease, jobId: UNKNOWN_ID },
        { ...lease, epoch: lease.epoch - 1 },
        { ...lease, epoch: lease.epoch + 1 },
      ];
      for (const other of wrong) await expect(write(store, other)).resolves.toBe(false);
      await expect(store.get(BOB, lease.jobId)).resolves.toEqual(before);
    },
  );

  test('a job is finished once', async () => {
    const { store } = fixture();
    await fixture().submit();
    const { lease } = await fixture().claim();
    const outcomes = await Promise.all([
      store.finish(lease, RESULT),
      store.finish(lease, RESULT),
      store.fail(lease, BROKEN),
    ]);
    expect(outcomes).toEqual([true, false, false]);
    await expect(store.get(ALICE, lease.jobId)).resolves.toMatchObject({ state: 'Finished' });
  });
}

function settleContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test.each([
    ['the same text twice', RESULT],
    ['different texts', { output: 'oss://bucket/out.wav', aiResult: '{}' }],
    ['empty texts', { output: '', aiResult: '' }],
    [
      'media, files and details',
      {
        output: 'out',
        aiResult: '[]',
        mediaId: '0123456789abcdef0123456789abcdef',
        mediaObject: 'oss://bucket/out.mp3',
        files: { Json: 'oss://results/a.json', Vtt: 'oss://results/a.vtt' },
        details: { Engine: 'PocketSphinx', Segments: 12, Reason: 'said "so" \u{1F600}', Ratio: 0.25 },
      },
    ],
    ['no files and no details', { output: '', aiResult: '', files: {}, details: {} }],
    ['a long text', { output: '', aiResult: 'x'.repeat(1_000_000) }],
  ])('a finished job has its result: %s', async (_, result) => {
    const { store, clock } = fixture();
    await fixture().submit();
    const { lease } = await fixture().claim();
    clock.advance(1000);
    await expect(store.finish(lease, result)).resolves.toBe(true);
    const job = await store.get(ALICE, lease.jobId);
    expect(job).toMatchObject({ state: 'Finished', modifiedAt: clock.now(), attempts: 1 });
    expect(job?.state === 'Finished' && job.result).toStrictEqual(result);
    expect(job).not.toHaveProperty('progress');
  });

  test('a failed job has its failure', async () => {
    const { store } = fixture();
    await fixture().submit();
    const { lease } = await fixture().claim();
    await expect(store.fail(lease, BROKEN)).resolves.toBe(true);
    await expect(store.get(ALICE, lease.jobId)).resolves.toMatchObject({ state: 'Failed', failure: BROKEN });
  });

  test('a renewed lease holds off other workers from the time of the renewal', async () => {
    const { store, clock } = fixture();
    await fixture().submit();
    const { lease } = await fixture().claim();
    clock.advance(LEASE_MS - 1);
    await expect(store.renew(lease, LEASE_MS)).resolves.toBe(true);
    clock.advance(LEASE_MS - 1);
    await expect(store.claim('worker-2', LEASE_MS)).resolves.toBeUndefined();
    clock.advance(1);
    await expect(store.claim('worker-2', LEASE_MS)).resolves.toBeDefined();
  });

  test('progress never goes back, its step is the newest, and it is no change of the job', async () => {
    const { store, clock } = fixture();
    await fixture().submit();
    const { job, lease } = await fixture().claim();
    clock.advance(1000);
    await expect(store.saveProgress(lease, { percent: 40, step: 'decode' })).resolves.toBe(true);
    await expect(store.saveProgress(lease, { percent: 30, step: 'recognize' })).resolves.toBe(true);
    await expect(store.get(ALICE, job.id)).resolves.toEqual({
      ...job,
      progress: { percent: 40, step: 'recognize' },
    });
  });
}

export function leaseWritingSuite(makeHome: MakeHome): void {
  describe('fence', () => {
    fenceContract(makeHome);
  });
  describe('settle', () => {
    settleContract(makeHome);
  });
}
