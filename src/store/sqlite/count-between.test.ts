import type { Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import type { CountedFilter, JobOrder } from '../../jobs/job-query.ts';
import { ALICE, ALL_FILTERS, BOB, draft, LEASE_MS, START } from '../contract/sample-jobs.ts';
import { listedIds, walkByNumber, walkByPosition } from '../contract/walks.ts';
import { countBetween } from './count-between.ts';
import { keysOf, type KeyRange } from './job-key.ts';
import { filterValues, rowCountSql } from './page-statements.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { Statements } from './statements.ts';
import { temporaryDatabase } from './test-database.ts';

const LARGE = 2 ** 18;

let db: Database;
let store: SqliteJobStore;
let remove: () => void;
/** When each group of jobs was submitted; the one in the middle lies across the edge of two large blocks. */
const times: number[] = [];

beforeAll(async () => {
  ({ db, remove } = temporaryDatabase());
  const clock = new ManualClock(START);
  store = new SqliteJobStore(db, clock, () => undefined);
  await store.submit(BOB, draft());
  for (const sequence of [0, 900, LARGE - 1300, LARGE, 3 * LARGE - 5]) {
    times.push(clock.now());
    if (sequence > 0) db.prepare('UPDATE account SET last_sequence = ? WHERE id = ?').run(sequence, ALICE);
    await group(store);
    clock.advance(60_000);
  }
  times.push(clock.now());
});
afterAll(() => remove());

/** 583 jobs that stay, of two types and up to two states, with gaps between them. */
async function group(into: SqliteJobStore): Promise<void> {
  const types = Array.from({ length: 700 }, (_, index) => (index % 3 === 0 ? 'ASR' : 'TextToSpeech'));
  const jobs = await Promise.all(types.map((type) => into.submit(ALICE, draft({ type }))));
  await into.delete(
    ALICE,
    jobs.filter((_, index) => index % 6 === 1).map(({ id }) => id),
  );
  await Promise.all(Array.from({ length: 100 }, () => into.claim('worker-1', LEASE_MS * 1000)));
}

function bruteForce(filter: CountedFilter, { above, below }: KeyRange): number {
  const values = [...filterValues(filter), above, below];
  return db
    .prepare(rowCountSql(filter))
    .pluck()
    .get(...values) as number;
}

describe('counts between two keys', () => {
  test('are those of the jobs counted one by one, wherever the range begins and ends', () => {
    const { above } = keysOf(2);
    const edges = [
      0,
      1,
      2,
      700,
      1023,
      1024,
      1025,
      LARGE - 1300,
      LARGE - 1,
      LARGE,
      LARGE + 1,
      LARGE + 1024,
      3 * LARGE,
      2 ** 32,
    ];
    const statements = new Statements(db);
    for (const from of edges) {
      for (const to of edges) {
        const range = { above: above + from, below: above + to };
        const counted = countBetween(statements, range, ALL_FILTERS);
        expect(counted, `${from} to ${to}`).toEqual(ALL_FILTERS.map((filter) => bruteForce(filter, range)));
      }
    }
    expect(countBetween(statements, keysOf(2), [{}])).toEqual([2915]);
  });
});

describe('lists of a range of times', () => {
  test.each([
    ['the first group', 0, 1],
    ['two groups within a large block', 0, 2],
    ['groups across large blocks', 2, 4],
    ['all but the first group', 1, undefined],
    ['all but the last group', undefined, 4],
    ['nothing, before all jobs', undefined, 0],
    ['nothing, behind all jobs', 5, undefined],
  ])('have the same pages by number and by token: %s', async (_, from, to) => {
    const createdFrom = from === undefined ? undefined : times[from];
    const createdBefore = to === undefined ? undefined : times[to];
    const everything = await walkByPosition(store, ALICE, { filter: {}, order: 'Asc', size: 100 });
    const expected = listedIds(everything).filter((id) => {
      const time = Number.parseInt(id.slice(0, 12), 16);
      return time >= (createdFrom ?? 0) && time < (createdBefore ?? Number.POSITIVE_INFINITY);
    });
    for (const order of ['Asc', 'Desc'] as const satisfies JobOrder[]) {
      const walk = { filter: { createdFrom, createdBefore }, order, size: 87 };
      const pages = await walkByPosition(store, ALICE, walk);
      expect(listedIds(pages)).toEqual(order === 'Asc' ? expected : expected.toReversed());
      expect(await walkByNumber(store, ALICE, walk)).toEqual(pages);
    }
    expect(await store.count(ALICE, { createdFrom, createdBefore })).toBe(expected.length);
    const counts = await store.countEach(ALICE, { createdFrom, createdBefore });
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
  });
});
