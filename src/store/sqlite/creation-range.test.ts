import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import { ALICE, draft, START } from '../contract/sample-jobs.ts';
import { CreationRanges } from './creation-range.ts';
import { jobKey, keysOf } from './job-key.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { Statements } from './statements.ts';
import { temporaryDatabase } from './test-database.ts';

let db: Database;
let remove: () => void;
let clock: ManualClock;
let store: SqliteJobStore;
beforeEach(() => {
  ({ db, remove } = temporaryDatabase());
  clock = new ManualClock(START);
  store = new SqliteJobStore(db, clock, () => undefined);
});
afterEach(() => remove());

async function submitAt(sequence: number): Promise<void> {
  if (sequence > 1) db.prepare('UPDATE account SET last_sequence = ?').run(sequence - 1);
  await store.submit(ALICE, draft());
}

describe('the keys within a range of times', () => {
  test('part the jobs at the millisecond', async () => {
    for (let count = 0; count < 3; count += 1) await store.submit(ALICE, draft());
    clock.advance(1);
    await store.submit(ALICE, draft());
    const ranges = new CreationRanges(new Statements(db));
    const within = (createdFrom?: number, createdBefore?: number) =>
      ranges.keysWithin(1, { createdFrom, createdBefore });
    const { above, below } = keysOf(1);
    expect(within()).toEqual({ above, below });
    expect(within(START)).toEqual({ above, below });
    expect(within(START + 1)).toEqual({ above: jobKey(1, 3), below });
    expect(within(undefined, START + 1)).toEqual({ above, below: jobKey(1, 4) });
    expect(within(START + 2)).toEqual({ above: below - 1, below });
  });

  test('are found in at most 34 looks at one job each, and then remembered', async () => {
    await submitAt(1);
    clock.advance(1000);
    await submitAt(2 ** 31);
    await submitAt(2 ** 32 - 1);
    const statements = new Statements(db);
    const get = vi.spyOn(statements, 'get');
    const ranges = new CreationRanges(statements);
    const first = ranges.keysWithin(1, { createdFrom: START + 1 });
    expect(get.mock.calls.length).toBeLessThanOrEqual(34);
    get.mockClear();
    expect(ranges.keysWithin(1, { createdFrom: START + 1 })).toEqual(first);
    expect(get).not.toHaveBeenCalled();
  });

  test('are not remembered while no job lies behind them: the next one may be older than the time', async () => {
    await store.submit(ALICE, draft());
    const filter = { createdBefore: START + 1000 };
    expect(await store.count(ALICE, filter)).toBe(1);
    await store.submit(ALICE, draft());
    expect(await store.count(ALICE, filter)).toBe(2);
    clock.advance(1000);
    await store.submit(ALICE, draft());
    expect(await store.count(ALICE, filter)).toBe(2);
  });

  test('stay right when the jobs beside the key are deleted', async () => {
    const old = await store.submit(ALICE, draft());
    clock.advance(1000);
    const young = await store.submit(ALICE, draft());
    const filters = [{ createdBefore: START + 1 }, { createdFrom: START + 1 }];
    const counts = () => Promise.all(filters.map((filter) => store.count(ALICE, filter)));
    expect(await counts()).toEqual([1, 1]);
    await store.delete(ALICE, [young.id]);
    expect(await counts()).toEqual([1, 0]);
    await store.submit(ALICE, draft());
    await store.delete(ALICE, [old.id]);
    expect(await counts()).toEqual([0, 1]);
  });
});
