import { describe, expect, test } from 'vitest';
import { LONGEST_CHECKPOINT } from '../../jobs/job-store.ts';
import { ALICE, AWKWARD_STRINGS, BROKEN, CANCELED, LEASE_MS, RESULT } from './sample-jobs.ts';
import { eachWithStore, type MakeHome } from './store-fixture.ts';

function savingContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a run reads what it saved, the newest value of each key, and nothing of other jobs', async () => {
    const { store } = fixture();
    await fixture().submit();
    await fixture().submit();
    const [one, other] = [(await fixture().claim()).lease, (await fixture().claim()).lease];
    await expect(store.checkpoints(one)).resolves.toEqual(new Map());
    for (const [key, value] of [
      ['b', 'first'],
      ['a', ''],
      ['b', 'second'],
    ] as const) {
      await expect(store.saveCheckpoint(one, key, value)).resolves.toBe(true);
    }
    await store.saveCheckpoint(other, 'a', 'of the other');
    expect(await store.checkpoints(one)).toEqual(
      new Map([
        ['a', ''],
        ['b', 'second'],
      ]),
    );
  });

  // Checkpoints are texts that pipelines write, mostly JSON: half a surrogate pair is escaped in it.
  test.each(AWKWARD_STRINGS.filter((text) => text !== '\uD800'))(
    'texts come back as they were given: %j',
    async (text) => {
      const { store } = fixture();
      await fixture().submit();
      const { lease } = await fixture().claim();
      await store.saveCheckpoint(lease, text, text);
      expect([...(await store.checkpoints(lease))]).toEqual([[text, text]]);
    },
  );

  test('a value may have so many bytes and not one more', async () => {
    const { store } = fixture();
    await fixture().submit();
    const { lease } = await fixture().claim();
    const longest = `${'x'.repeat(LONGEST_CHECKPOINT - 2)}é`;
    await expect(store.saveCheckpoint(lease, 'long', longest)).resolves.toBe(true);
    await expect(store.saveCheckpoint(lease, 'longer', `${longest}x`)).rejects.toThrow(RangeError);
    expect(await store.checkpoints(lease)).toEqual(new Map([['long', longest]]));
  });

  test('saving is no change of the job', async () => {
    const { store, clock } = fixture();
    const id = await fixture().submit();
    const { job, lease } = await fixture().claim();
    clock.advance(1000);
    await store.saveCheckpoint(lease, 'key', 'value');
    await expect(store.get(ALICE, id)).resolves.toEqual(job);
  });
}

function lifeContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);
  const SAVED = new Map([['group 1', 'words']]);

  test('they outlive the worker, and the one that lost the job can neither read nor write them', async () => {
    const { store, clock } = fixture();
    await fixture().submit();
    const { lease: lost } = await fixture().claim('worker-1');
    await store.saveCheckpoint(lost, 'group 1', 'words');
    clock.advance(LEASE_MS);
    const { lease } = await fixture().claim('worker-2');
    await expect(store.checkpoints(lease)).resolves.toEqual(SAVED);
    await expect(store.saveCheckpoint(lost, 'group 1', 'late')).resolves.toBe(false);
    await expect(store.checkpoints(lost)).resolves.toEqual(new Map());
    await expect(store.checkpoints(lease)).resolves.toEqual(SAVED);
  });

  test('they outlive a restart of the server', async () => {
    const home = fixture();
    await home.submit();
    await home.store.saveCheckpoint((await home.claim()).lease, 'group 1', 'words');
    await home.reopen();
    home.clock.advance(LEASE_MS);
    await expect(home.store.checkpoints((await home.claim()).lease)).resolves.toEqual(SAVED);
  });

  test('they outlive a job that is handed back, fails, or is canceled, and then retried', async () => {
    const { store } = fixture();
    const id = await fixture().submit();
    const { lease } = await fixture().claim();
    await store.saveCheckpoint(lease, 'group 1', 'words');
    await store.handBack(lease);
    const second = (await fixture().claim()).lease;
    await expect(store.checkpoints(second)).resolves.toEqual(SAVED);
    await store.fail(second, BROKEN);
    await store.retry(ALICE, id);
    const third = (await fixture().claim()).lease;
    await expect(store.checkpoints(third)).resolves.toEqual(SAVED);
    await store.cancel(ALICE, id, CANCELED);
    await store.retry(ALICE, id);
    await expect(store.checkpoints((await fixture().claim()).lease)).resolves.toEqual(SAVED);
  });

  test('a retry drops those whose keys begin as it says, and no other', async () => {
    const { store } = fixture();
    const keys = ['a', 'a/1', 'a/2', 'A/1', 'b/a/1', 'c%/1', 'cd/1', 'ü/1'];
    const id = await fixture().submit();
    const { lease } = await fixture().claim();
    for (const key of keys) await store.saveCheckpoint(lease, key, key);
    await expect(store.retry(ALICE, id, 10, ['a'])).resolves.toMatchObject({ kind: 'wrong-state' });
    await store.fail(lease, BROKEN);
    await store.retry(ALICE, id, 10, ['a/', 'c%/', 'ü/', 'none/']);
    const kept = await store.checkpoints((await fixture().claim()).lease);
    expect([...kept.keys()].toSorted()).toEqual(['A/1', 'a', 'b/a/1', 'cd/1']);
  });

  test.each(['finished', 'deleted'] as const)('a job that is %s has none any more', async (how) => {
    const { store } = fixture();
    const id = await fixture().submit();
    const { lease } = await fixture().claim();
    await store.saveCheckpoint(lease, 'group 1', 'words');
    if (how === 'finished') await store.finish(lease, RESULT);
    else await store.delete(ALICE, [id]);
    await expect(store.checkpoints(lease)).resolves.toEqual(new Map());
    await expect(store.saveCheckpoint(lease, 'group 1', 'late')).resolves.toBe(false);
  });
}

export function checkpointingSuite(makeHome: MakeHome): void {
  describe('checkpoints', () => {
    savingContract(makeHome);
    lifeContract(makeHome);
  });
}
