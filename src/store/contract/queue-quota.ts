import { describe, expect, test } from 'vitest';
import { ALICE, BOB, BROKEN, CANCELED, draft } from './sample-jobs.ts';
import { eachWithStore, type MakeHome } from './store-fixture.ts';

const MOST = 3;

/** How many of these outcomes were turned away. */
function refused(outcomes: readonly object[]): number {
  return outcomes.filter((outcome) => 'kind' in outcome && outcome.kind === 'queue-full').length;
}

export function queueQuotaSuite(makeHome: MakeHome): void {
  describe('a quota of the queue', () => {
    const fixture = eachWithStore(makeHome);

    test('lets so many jobs wait, and writes nothing for those above it', async () => {
      const { store } = fixture();
      const outcomes = [];
      for (let call = 0; call < MOST + 1; call += 1) outcomes.push(await store.submit(ALICE, draft(), MOST));
      expect(outcomes.at(-1)).toEqual({ kind: 'queue-full', waiting: MOST });
      await expect(store.count(ALICE, {})).resolves.toBe(MOST);
    });

    test('is exact where many submit and retry at once', async () => {
      const home = fixture();
      const failed = await home.submit();
      await home.store.cancel(ALICE, failed, CANCELED);
      const calls = Array.from({ length: 20 }, (_, index) =>
        index % 5 === 0 ? home.store.retry(ALICE, failed, MOST) : home.store.submit(ALICE, draft(), MOST),
      );
      const outcomes = await Promise.all(calls);
      await expect(home.store.count(ALICE, { state: 'Created' })).resolves.toBe(MOST);
      // The first retry made its job Created, so the other three found it in the wrong state.
      expect(refused(outcomes)).toBe(20 - MOST - 3);
    });

    test('counts running jobs, and not those that ended', async () => {
      const home = fixture();
      await home.submit();
      const { lease } = await home.claim();
      await expect(home.store.submit(ALICE, draft(), 1)).resolves.toEqual({ kind: 'queue-full', waiting: 1 });
      await home.store.fail(lease, BROKEN);
      await expect(home.store.submit(ALICE, draft(), 1)).resolves.toMatchObject({ state: 'Created' });
      await expect(home.store.retry(ALICE, lease.jobId, 1)).resolves.toEqual({ kind: 'queue-full', waiting: 1 });
      await expect(home.store.get(ALICE, lease.jobId)).resolves.toMatchObject({ state: 'Failed' });
    });

    test('is of each account alone', async () => {
      const { store } = fixture();
      await store.submit(ALICE, draft(), 1);
      await expect(store.submit(BOB, draft(), 1)).resolves.toMatchObject({ account: BOB });
    });
  });
}
