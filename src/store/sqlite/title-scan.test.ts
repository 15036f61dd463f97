import type { Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import type { JobId } from '../../jobs/job-id.ts';
import { listedJob } from '../../jobs/listed-job.ts';
import { createJob } from '../../jobs/smart-job.ts';
import { ALICE, AWKWARD_STRINGS, draft, START } from '../contract/sample-jobs.ts';
import { listedIds } from '../contract/walks.ts';
import { listedTitle } from './listed-title.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { temporaryDatabase } from './test-database.ts';

const JOBS = 3500;

let db: Database;
let store: SqliteJobStore;
let remove: () => void;
const ids: JobId[] = [];
beforeAll(async () => {
  ({ db, remove } = temporaryDatabase());
  store = new SqliteJobStore(db, new ManualClock(START), () => undefined);
  const titles = Array.from({ length: JOBS }, (_, index) =>
    index % 1200 === 0 ? `Rare ${index}` : `Job ${index}`,
  );
  const jobs = await Promise.all(titles.map((title) => store.submit(ALICE, draft({ title }))));
  ids.push(...jobs.map(({ id }) => id));
});
afterAll(() => remove());

const RARE = { filter: { titleContains: 'rARE' }, order: 'Asc', start: { pageNumber: 1 } } as const;

describe('a list by title', () => {
  test('has full pages however far its jobs lie apart, the last one without a position to go on from', async () => {
    const first = await store.list(ALICE, { ...RARE, size: 2 });
    expect(listedIds([first])).toEqual([ids[0], ids[1200]]);
    const start = { afterSequence: first.lastSequence ?? 0 };
    const second = await store.list(ALICE, { ...RARE, size: 2, start });
    expect(listedIds([second])).toEqual([ids[2400]]);
    expect(second).not.toHaveProperty('lastSequence');
  });

  test('lets others through between its chunks, and lists what matches as it comes by', async () => {
    const rare = await store.submit(ALICE, draft({ title: 'Rare, and soon gone' }));
    const scanning = store.list(ALICE, { ...RARE, size: 10 });
    const others: string[] = [];
    const turns = new Promise<void>((resolve) => {
      setImmediate(() => {
        others.push('read');
        void store.delete(ALICE, [rare.id]).then(() => resolve(void others.push('written')));
      });
    });
    const page = await scanning.then((found) => {
      others.push('scanned');
      return found;
    });
    await turns;
    expect(others).toEqual(['read', 'written', 'scanned']);
    expect(listedIds([page])).toEqual([ids[0], ids[1200], ids[2400]]);
  });

  test('ends with a failure of its own where the store is closed meanwhile', async () => {
    const { db: other, remove: removeOther } = temporaryDatabase();
    const closing = new SqliteJobStore(other, new ManualClock(START), () => other.close());
    await Promise.all(Array.from({ length: 1500 }, () => closing.submit(ALICE, draft())));
    const scanning = closing.list(ALICE, { ...RARE, size: 1 });
    await closing.close();
    await expect(scanning).rejects.toThrow('The job database is closed');
    removeOther();
  });
});

describe('the title within a stored text', () => {
  const job = createJob(ALICE, '0190000000007000a000000000000000' as JobId, draft());

  test.each([...AWKWARD_STRINGS, '","Description":"', '\\","Description":"', 'a\\', ''])(
    'is the title: %j',
    (title) => {
      expect(listedTitle(JSON.stringify(listedJob({ ...job, title })))).toBe(title);
    },
  );

  test('is found in text of another form too', () => {
    expect(listedTitle('{"Title":"a","JobId":"b"}')).toBe('a');
    expect(listedTitle(JSON.stringify({ JobId: job.id, Extra: 1, Title: 'a', Description: '' }))).toBe('a');
  });
});
