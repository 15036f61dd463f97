import { describe, expect, test } from 'vitest';
import type { JobId } from '../../jobs/job-id.ts';
import type { JobFilter, JobOrder } from '../../jobs/job-query.ts';
import { JOB_STATES } from '../../jobs/job-state.ts';
import { JOB_TYPES } from '../../jobs/job-type.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { ALICE, ALL_FILTERS, BOB, BROKEN, CANCELED, draft, NOBODY, RESULT } from './sample-jobs.ts';
import { eachWithStore, type MakeHome, type StoreFixture } from './store-fixture.ts';
import { listedIds, walkByNumber, walkByPosition } from './walks.ts';

const ORDERS: readonly JobOrder[] = ['Asc', 'Desc'];

/** Two accounts, submits taking turns; each of the first one's has jobs of every type in every state. */
async function mixedJobs(fixture: StoreFixture): Promise<SmartJob[]> {
  const { store, clock } = fixture;
  const ids: JobId[] = [];
  for (let round = 0; round < 8; round += 1) {
    for (const type of JOB_TYPES) ids.push((await store.submit(ALICE, draft({ type }))).id);
    await store.submit(BOB, draft());
    clock.advance(round % 2);
  }
  for (let claims = 0; claims < 36; claims += 1) {
    const { job, lease } = await fixture.claim();
    const outcome = Math.floor(ids.indexOf(job.id) / JOB_TYPES.length) % 4;
    if (outcome === 0) await store.finish(lease, RESULT);
    if (outcome === 1) await store.fail(lease, BROKEN);
    if (outcome === 2) await store.handBack(lease);
    if (outcome === 2) await store.cancel(job.account, job.id, CANCELED);
  }
  const jobs = await Promise.all(ids.map((id) => store.get(ALICE, id)));
  return jobs.filter((job) => job !== undefined);
}

function matches({ type, state }: JobFilter, job: SmartJob): boolean {
  return (type ?? job.type) === job.type && (state ?? job.state) === job.state;
}

function walkContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a walk of any filter, order and size lists each matching job once, in order, in full pages', async () => {
    const { store } = fixture();
    const jobs = await mixedJobs(fixture());
    for (const filter of ALL_FILTERS) {
      const ascending = jobs.filter((job) => matches(filter, job)).map(({ id }) => id);
      await expect(store.count(ALICE, filter)).resolves.toBe(ascending.length);
      for (const order of ORDERS) {
        const expected = order === 'Asc' ? ascending : ascending.toReversed();
        for (const size of [1, 3, 4, 10, 100]) {
          const pages = await walkByPosition(store, ALICE, { filter, order, size });
          expect(listedIds(pages)).toEqual(expected);
          expect(pages.slice(0, -1).every((page) => page.jobs.length === size)).toBe(true);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / size)));
          await expect(walkByNumber(store, ALICE, { filter, order, size })).resolves.toEqual(pages);
        }
      }
    }
  });

  test('the jobs that the walks list are of every state', async () => {
    const jobs = await mixedJobs(fixture());
    expect(new Set(jobs.map(({ state }) => state))).toEqual(new Set(JOB_STATES));
  });
}

function pageContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);
  const everything = { filter: {}, order: 'Desc', size: 10 } as const;

  test('an account without jobs has one empty page and counts none', async () => {
    const { store } = fixture();
    await fixture().submit();
    await expect(store.list(NOBODY, { ...everything, start: { pageNumber: 1 } })).resolves.toEqual({ jobs: [] });
    await expect(store.count(NOBODY, {})).resolves.toBe(0);
  });

  test('a page behind the last one is empty, however far', async () => {
    const { store } = fixture();
    await fixture().submit();
    for (const pageNumber of [2, 103, 2_147_483_647]) {
      await expect(store.list(ALICE, { ...everything, start: { pageNumber } })).resolves.toEqual({ jobs: [] });
    }
  });

  test.each(ORDERS)('no position of one account shows a job of another: %s', async (order) => {
    const { store } = fixture();
    for (const account of [ALICE, BOB, NOBODY]) await store.submit(account, draft());
    for (const afterSequence of [-1, 0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 5, 2 ** 52]) {
      const pages = [await store.list(BOB, { filter: {}, order, size: 100, start: { afterSequence } })];
      const users = pages.flatMap(({ jobs }) =>
        jobs.map((text) => (JSON.parse(text) as { UserId: number }).UserId),
      );
      expect(users.filter((user) => user !== Number(BOB))).toEqual([]);
    }
  });

  test('a walk goes on where it was when jobs are added and deleted', async () => {
    const { store } = fixture();
    const ids: JobId[] = [];
    for (let count = 0; count < 6; count += 1) ids.push(await fixture().submit());
    const first = await store.list(ALICE, { ...everything, size: 2, start: { pageNumber: 1 } });
    await fixture().submit();
    // The page's last job, and one that is still to come.
    await store.delete(
      ALICE,
      [ids[4], ids[2]].filter((id) => id !== undefined),
    );
    const start = { afterSequence: first.lastSequence ?? 0 };
    const second = await store.list(ALICE, { ...everything, size: 2, start });
    expect(listedIds([first, second])).toEqual([ids[5], ids[4], ids[3], ids[1]]);
  });
}

function deepPageContract(makeHome: MakeHome): void {
  const fixture = eachWithStore(makeHome);

  test('a deep page by number is the page that a walk comes to, also among gaps', async () => {
    const { store } = fixture();
    const submits = Array.from({ length: 3000 }, (_, index) => {
      return store.submit(ALICE, draft({ type: index % 3 === 0 ? 'ASR' : 'DynamicChart' }));
    });
    const jobs = await Promise.all(submits);
    await store.delete(
      ALICE,
      jobs.filter((_, index) => index % 7 === 0 || index < 50).map(({ id }) => id),
    );
    for (const filter of [{}, { type: 'DynamicChart' }, { type: 'DynamicChart', state: 'Created' }] as const) {
      for (const order of ORDERS) {
        const walk = { filter, order, size: 97 };
        const pages = await walkByPosition(store, ALICE, walk);
        await expect(walkByNumber(store, ALICE, walk)).resolves.toEqual(pages);
      }
    }
  });
}

export function listingSuite(makeHome: MakeHome): void {
  describe('walks', () => {
    walkContract(makeHome);
  });
  describe('pages', () => {
    pageContract(makeHome);
  });
  describe('deep pages', () => {
    deepPageContract(makeHome);
  });
}
