import { SqliteError, type Database } from 'better-sqlite3';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import { StoreUnavailable } from '../../jobs/store-unavailable.ts';
import { ALICE, draft, START } from '../contract/sample-jobs.ts';
import { openDatabase } from './open-database.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { storeFailure } from './store-failure.ts';
import { temporaryDatabase, temporaryFolder } from './test-database.ts';

let db: Database;
let store: SqliteJobStore;
let remove: () => void;
beforeEach(() => {
  ({ db, remove } = temporaryDatabase());
  store = new SqliteJobStore(db, new ManualClock(START), () => db.close());
});
afterEach(() => remove());

const FIRST_PAGE = { filter: {}, order: 'Desc', start: { pageNumber: 1 }, size: 10 } as const;

describe('a store in trouble', () => {
  test('on a full disk refuses writes, goes on reading, and writes again once there is space', async () => {
    const kept = await store.submit(ALICE, draft());
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
    const big = draft({ userData: 'x'.repeat(100_000) });
    const outcomes = await Promise.allSettled([store.submit(ALICE, big), store.submit(ALICE, big)]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
    }
    await expect(store.submit(ALICE, big)).rejects.toThrow('The disk that holds the jobs is full');
    await expect(store.get(ALICE, kept.id)).resolves.toEqual(kept);
    await expect(store.count(ALICE, {})).resolves.toBe(1);
    db.pragma('max_page_count = 1000000');
    await store.submit(ALICE, big);
    await expect(store.count(ALICE, {})).resolves.toBe(2);
    await expect(store.list(ALICE, FIRST_PAGE)).resolves.toMatchObject({ jobs: { length: 2 } });
  });

  test('on a disk that became read-only goes on reading', async () => {
    const job = await store.submit(ALICE, draft());
    db.pragma('query_only = ON');
    await expect(store.delete(ALICE, [job.id])).rejects.toThrow('cannot be written: check the permissions');
    await expect(store.list(ALICE, FIRST_PAGE)).resolves.toMatchObject({ jobs: { length: 1 } });
  });

  test('with a damaged page says so', async () => {
    await store.submit(ALICE, draft());
    await store.close();
    const { folder, remove: removeFolder } = temporaryFolder();
    const path = join(folder, 'broken.db');
    writeFileSync(path, Buffer.alloc(8192, 'not a database'));
    let thrown: unknown;
    try {
      openDatabase(path);
    } catch (error) {
      thrown = storeFailure(error);
    }
    expect(thrown).toBeInstanceOf(StoreUnavailable);
    expect(String(thrown)).toContain('The job database is damaged: stop the server and run `smartjobs repair`;');
    removeFolder();
  });

  test('that was closed is unavailable; writes asked for before are done', async () => {
    const submitted = store.submit(ALICE, draft());
    await store.close();
    await expect(submitted).resolves.toMatchObject({ state: 'Created' });
    await expect(store.count(ALICE, {})).rejects.toThrow(StoreUnavailable);
    await expect(store.submit(ALICE, draft())).rejects.toThrow('The job database is closed');
    await store.close();
  });
});

describe('a failure', () => {
  test('keeps the code of SQLite and its cause', () => {
    const cause = new SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
    expect(storeFailure(cause)).toMatchObject({ message: expect.stringContaining('(SQLITE_IOERR_FSYNC)'), cause });
  });

  test('that is a fault of the program stays what it is', () => {
    const constraint = new SqliteError('CHECK constraint failed', 'SQLITE_CONSTRAINT_CHECK');
    expect(storeFailure(constraint)).toBe(constraint);
    const other = new TypeError('x is not a function');
    expect(storeFailure(other)).toBe(other);
  });
});
