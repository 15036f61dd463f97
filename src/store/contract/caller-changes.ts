import { describe, expect, test } from 'vitest';
import { ALICE, BOB, BROKEN, CANCELED, RESULT, UNKNOWN_ID } from './sample-jobs.ts';
import { eachWithStore, type MakeHome } from './store-fixture.ts';

function cancelContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a canceled job is Failed with the given failure, and nobody claims it', async () => {
    const { store, clock } = fixture();
    const id = await fixture().submit();
    clock.advance(1000);
    const outcome = await store.cancel(ALICE, id, CANCELED);
    const job = await store.get(ALICE, id);
    expect(outcome).toEqual({ kind: 'changed', job });
    expect(job).toMatchObject({ state: 'Failed', failure: CANCELED, modifiedAt: clock.now() });
    await expect(store.claim('worker-1', 1000)).resolves.toBeUndefined();
  });

  test('a running job that is canceled takes the lease from its worker', async () => {
    const { store } = fixture();
    const id = await fixture().submit();
    const { lease } = await fixture().claim();
    await expect(store.cancel(ALICE, id, CANCELED)).resolves.toMatchObject({ kind: 'changed' });
    await expect(store.holds(lease)).resolves.toBe(false);
    await expect(store.finish(lease, RESULT)).resolves.toBe(false);
    await expect(store.get(ALICE, id)).resolves.toMatchObject({ state: 'Failed', failure: CANCELED });
  });

  test('a job that ended is not canceled; the outcome says how it ended', async () => {
    const { store } = fixture();
    const finished = await fixture().submit();
    await store.finish((await fixture().claim()).lease, RESULT);
    const failed = await fixture().submit();
    await store.fail((await fixture().claim()).lease, BROKEN);
    const before = [await store.get(ALICE, finished), await store.get(ALICE, failed)];
    await expect(store.cancel(ALICE, finished, CANCELED)).resolves.toEqual({
      kind: 'wrong-state',
      state: 'Finished',
    });
    await expect(store.cancel(ALICE, failed, CANCELED)).resolves.toEqual({ kind: 'wrong-state', state: 'Failed' });
    expect([await store.get(ALICE, finished), await store.get(ALICE, failed)]).toEqual(before);
  });

  test('a job of another account, or of no account, is unknown to cancel and retry', async () => {
    const { store } = fixture();
    const id = await fixture().submit();
    for (const [account, job] of [
      [BOB, id],
      [ALICE, UNKNOWN_ID],
    ] as const) {
      await expect(store.cancel(account, job, CANCELED)).resolves.toEqual({ kind: 'unknown' });
      await expect(store.retry(account, job)).resolves.toEqual({ kind: 'unknown' });
    }
    await expect(store.get(ALICE, id)).resolves.toMatchObject({ state: 'Created' });
  });
}

function retryContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a failed job that is retried is Created in its old place, its attempts begun anew', async () => {
    const { store, clock } = fixture();
    const id = await fixture().submit();
    const first = await fixture().claim();
    await store.fail(first.lease, BROKEN);
    await fixture().submit();
    clock.advance(5000);
    const outcome = await store.retry(ALICE, id);
    const job = await store.get(ALICE, id);
    expect(outcome).toEqual({ kind: 'changed', job });
    expect(job).toMatchObject({ state: 'Created', attempts: 0, modifiedAt: clock.now() });
    expect(job).not.toHaveProperty('failure');
    const second = await fixture().claim();
    expect(second).toMatchObject({ job: { id, attempts: 1 }, lease: { epoch: first.lease.epoch + 1 } });
    await expect(store.holds(first.lease)).resolves.toBe(false);
  });

  test('only a failed job is retried', async () => {
    const { store } = fixture();
    const id = await fixture().submit();
    await expect(store.retry(ALICE, id)).resolves.toEqual({ kind: 'wrong-state', state: 'Created' });
    const { lease } = await fixture().claim();
    await expect(store.retry(ALICE, id)).resolves.toEqual({ kind: 'wrong-state', state: 'Executing' });
    await store.finish(lease, RESULT);
    await expect(store.retry(ALICE, id)).resolves.toEqual({ kind: 'wrong-state', state: 'Finished' });
    await expect(store.get(ALICE, id)).resolves.toMatchObject({ state: 'Finished', result: RESULT });
  });
}

function deleteContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('delete removes the jobs of the account and tells which existed, each once', async () => {
    const { store } = fixture();
    const [one, two, kept] = [await fixture().submit(), await fixture().submit(), await fixture().submit()];
    await expect(store.delete(BOB, [one])).resolves.toEqual([]);
    await expect(store.delete(ALICE, [two, UNKNOWN_ID, one, two])).resolves.toEqual([two, one]);
    await expect(store.get(ALICE, one)).resolves.toBeUndefined();
    await expect(store.get(ALICE, kept)).resolves.toBeDefined();
    await expect(store.count(ALICE, {})).resolves.toBe(1);
    await expect(store.delete(ALICE, [])).resolves.toEqual([]);
  });

  test('a running job that is deleted takes the lease from its worker', async () => {
    const { store } = fixture();
    const id = await fixture().submit();
    const { lease } = await fixture().claim();
    await store.saveProgress(lease, { percent: 10, step: 'decode' });
    await expect(store.delete(ALICE, [id])).resolves.toEqual([id]);
    await expect(store.renew(lease, 1000)).resolves.toBe(false);
    await expect(store.finish(lease, RESULT)).resolves.toBe(false);
    await expect(store.get(ALICE, id)).resolves.toBeUndefined();
    await expect(store.count(ALICE, {})).resolves.toBe(0);
  });

  test('finished jobs are deleted with their results', async () => {
    const { store } = fixture();
    const id = await fixture().submit();
    await store.finish((await fixture().claim()).lease, RESULT);
    await expect(store.delete(ALICE, [id])).resolves.toEqual([id]);
    await expect(store.count(ALICE, { state: 'Finished' })).resolves.toBe(0);
  });
}

export function callerChangesSuite(makeHome: MakeHome): void {
  describe('cancel', () => {
    cancelContract(makeHome);
  });
  describe('retry', () => {
    retryContract(makeHome);
  });
  describe('delete', () => {
    deleteContract(makeHome);
  });
}
