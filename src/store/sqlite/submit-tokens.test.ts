import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import { ALICE, draft, START } from '../contract/sample-jobs.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { temporaryDatabase } from './test-database.ts';

const DAY = 86_400_000;

let db: Database;
let remove: () => void;
let store: SqliteJobStore;
let clock: ManualClock;
beforeEach(() => {
  ({ db, remove } = temporaryDatabase());
  clock = new ManualClock(START);
  store = new SqliteJobStore(db, clock, () => undefined);
});
afterEach(() => remove());

const submit = (token: string): Promise<object> =>
  store.submit(ALICE, draft(), 1000, { token, fingerprint: 'abc', keepMs: DAY });
const kept = (): unknown => db.prepare('SELECT count(*) FROM submit_token').pluck().get();

test('a job and its token are written together or not at all', async () => {
  db.exec("CREATE TRIGGER no_room BEFORE INSERT ON submit_token BEGIN SELECT RAISE(ABORT, 'no room'); END");
  await expect(submit('one')).rejects.toThrow('no room');
  await expect(store.count(ALICE, {})).resolves.toBe(0);
  db.exec('DROP TRIGGER no_room');
  await submit('one');
  await expect(store.count(ALICE, {})).resolves.toBe(1);
  expect(kept()).toBe(1);
});

test('tokens that have expired are swept by the submits that come later, more of them than come in', async () => {
  await Promise.all(Array.from({ length: 100 }, (_, index) => submit(`old ${index}`)));
  clock.advance(DAY);
  for (let call = 0; call < 4; call += 1) await submit(`new ${call}`);
  expect(kept()).toBe(24);
  await submit('new 4');
  expect(kept()).toBe(5);
  await expect(store.count(ALICE, {})).resolves.toBe(105);
});

test('a deleted job leaves no token behind', async () => {
  await submit('one');
  const page = await store.list(ALICE, { filter: {}, order: 'Asc', start: { pageNumber: 1 }, size: 1 });
  await store.delete(ALICE, [(JSON.parse(page.jobs[0] ?? '') as { JobId: never }).JobId]);
  expect(kept()).toBe(0);
});
