import { describe, expect, test } from 'vitest';
import type { JobId } from '../../jobs/job-id.ts';
import { ATTEMPT_CAP } from '../../jobs/job-store.ts';
import { ALICE, BOB, draft, LEASE_MS, NOBODY } from './sample-jobs.ts';
import { eachWithStore, type MakeHome } from './store-fixture.ts';

function claimContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('nothing is claimed from an empty queue', async () => {
    await expect(fixture().store.claim('worker-1', LEASE_MS)).resolves.toBeUndefined();
  });

  test('a claimed job is Executing at no progress, its first attempt begun', async () => {
    const { store, clock } = fixture();
    const id = await fixture().submit();
    clock.advance(2000);
    const { job, lease } = await fixture().claim();
    expect(job).toEqual(await store.get(ALICE, id));
    const progress = { percent: 0, step: '' };
    expect(job).toMatchObject({ id, state: 'Executing', attempts: 1, progress, modifiedAt: clock.now() });
    expect(lease).toEqual({ account: ALICE, jobId: id, epoch: 1 });
    await expect(store.holds(lease)).resolves.toBe(true);
  });

  test('jobs of an account are claimed in the order of their submits, none twice', async () => {
    const submitted: JobId[] = [];
    for (let count = 0; count < 5; count += 1) submitted.push(await fixture().submit());
    const claims = await Promise.all(submitted.map(() => fixture().claim()));
    expect(claims.map(({ job }) => job.id)).toEqual(submitted);
    await expect(fixture().store.claim('worker-1', LEASE_MS)).resolves.toBeUndefined();
  });

  test('accounts take turns: a long queue of one delays the jobs of another by one claim', async () => {
    const { store } = fixture();
    for (let count = 0; count < 6; count += 1) await store.submit(ALICE, draft());
    const served = [(await fixture().claim()).job.account, (await fixture().claim()).job.account];
    await store.submit(BOB, draft());
    await store.submit(BOB, draft());
    await store.submit(NOBODY, draft());
    for (let count = 0; count < 7; count += 1) served.push((await fixture().claim()).job.account);
    expect(served).toEqual([ALICE, ALICE, BOB, NOBODY, ALICE, BOB, ALICE, ALICE, ALICE]);
  });

  test('a claim while the clock is back does not move the modified time back', async () => {
    const { clock } = fixture();
    await fixture().submit();
    const created = clock.now();
    clock.advance(-60_000);
    expect((await fixture().claim()).job.modifiedAt).toBe(created);
  });
}

function rescueContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a job is claimed again once its lease has run out, not a millisecond before', async () => {
    const { store, clock } = fixture();
    const id = await fixture().submit();
    const first = await fixture().claim();
    clock.advance(LEASE_MS - 1);
    await expect(store.claim('worker-2', LEASE_MS)).resolves.toBeUndefined();
    clock.advance(1);
    const second = await fixture().claim('worker-2');
    expect(second).toMatchObject({ job: { id, attempts: 2 }, lease: { epoch: first.lease.epoch + 1 } });
  });

  test('the job whose lease ran out first goes before other expired ones and before waiting ones', async () => {
    const { store, clock } = fixture();
    for (let count = 0; count < 3; count += 1) await fixture().submit();
    const [one, two] = [await fixture().claim(), await fixture().claim()];
    await store.renew(one.lease, LEASE_MS + 10);
    clock.advance(LEASE_MS + 10);
    expect((await fixture().claim()).job.id).toBe(two.job.id);
    expect((await fixture().claim()).job.id).toBe(one.job.id);
    expect((await fixture().claim()).job.attempts).toBe(1);
  });

  test('a new attempt begins at no progress', async () => {
    const { store, clock } = fixture();
    await fixture().submit();
    await store.saveProgress((await fixture().claim()).lease, { percent: 80, step: 'recognize' });
    clock.advance(LEASE_MS);
    expect((await fixture().claim()).job.progress).toEqual({ percent: 0, step: '' });
  });

  test('a job whose workers all died is Failed as WorkerLost, and the claim goes on to the next job', async () => {
    const { store, clock } = fixture();
    const poison = await fixture().submit();
    for (let attempt = 1; attempt <= ATTEMPT_CAP; attempt += 1) {
      expect((await fixture().claim()).job).toMatchObject({ id: poison, attempts: attempt });
      clock.advance(LEASE_MS);
    }
    const next = await fixture().submit();
    expect((await fixture().claim()).job.id).toBe(next);
    const failed = await store.get(ALICE, poison);
    expect(failed).toMatchObject({ state: 'Failed', attempts: ATTEMPT_CAP, failure: { code: 'WorkerLost' } });
    await expect(store.count(ALICE, { state: 'Failed' })).resolves.toBe(1);
  });
}

function handBackContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a job that is handed back is the next one again, and its attempt does not count', async () => {
    const { store } = fixture();
    const id = await fixture().submit();
    await fixture().submit();
    for (let round = 1; round <= ATTEMPT_CAP + 2; round += 1) {
      const { job, lease } = await fixture().claim();
      expect({ id: job.id, attempts: job.attempts, epoch: lease.epoch }).toEqual({ id, attempts: 1, epoch: round });
      await expect(store.handBack(lease)).resolves.toBe(true);
      const created = await store.get(ALICE, id);
      expect(created).toMatchObject({ state: 'Created', attempts: 0 });
      expect(created).not.toHaveProperty('progress');
      await expect(store.handBack(lease)).resolves.toBe(false);
    }
  });
}

export function claimingSuite(makeHome: MakeHome): void {
  describe('claim', () => {
    claimContract(makeHome);
  });
  describe('rescue', () => {
    rescueContract(makeHome);
  });
  describe('hand back', () => {
    handBackContract(makeHome);
  });
}
