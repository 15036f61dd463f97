import type { Database } from 'better-sqlite3';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { ALICE, draft } from '../contract/sample-jobs.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { ReadTurn } from './read-turn.ts';
import { temporaryDatabase, temporaryFolder } from './test-database.ts';

let db: Database;
let remove: () => void;
beforeEach(() => {
  ({ db, remove } = temporaryDatabase());
});
afterEach(() => remove());

test('the reads of a turn share a transaction that ends with the turn', async () => {
  const reads = ReadTurn.of(db);
  reads.join();
  reads.join();
  expect(db.inTransaction).toBe(true);
  await endOfTurn();
  expect(db.inTransaction).toBe(false);
  reads.join();
  expect(db.inTransaction).toBe(true);
});

test('it ends early and often, and in a closed database too', async () => {
  const reads = ReadTurn.of(db);
  reads.join();
  reads.end();
  reads.end();
  expect(db.inTransaction).toBe(false);
  reads.join();
  db.close();
  await endOfTurn();
  expect(() => reads.end()).not.toThrow();
});

test('a read sees what was written in its own turn', async () => {
  const { folder, remove: removeFolder } = temporaryFolder();
  const seal = { seal: (_: string, text: string) => text, open: (_: string, text: string) => text };
  const store = openSqliteStore({ path: `${folder}/jobs.db`, clock: systemClock, seal });
  for (let count = 1; count <= 3; count += 1) {
    const submitted = store.jobs.submit(ALICE, draft());
    await store.jobs.count(ALICE, {});
    await submitted;
    expect(await store.jobs.count(ALICE, {})).toBe(count);
    store.facts.set('fact', String(count));
    expect(store.facts.get('fact')).toBe(String(count));
    await store.accessKeys.saveRoot(`key-${count}`, 'secret', ALICE);
    expect(await store.accessKeys.find(`key-${count - 1}`)).toEqual({ key: undefined });
    expect(await store.accessKeys.find(`key-${count}`)).toMatchObject({ key: { secret: 'secret' } });
  }
  await store.close();
  removeFolder();
});
