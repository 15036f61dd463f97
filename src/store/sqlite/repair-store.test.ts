import SQLite from 'better-sqlite3';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import { JOB_TYPES } from '../../jobs/job-type.ts';
import { ALICE, ALL_FILTERS, BOB, BROKEN, draft, LEASE_MS, RESULT } from '../contract/sample-jobs.ts';
import { listedIds, walkByNumber, walkByPosition } from '../contract/walks.ts';
import { lockData } from './data-lock.ts';
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts';
import { repairStore } from './repair-store.ts';
import { temporaryFolder } from './test-database.ts';

const PAGE = 4096;

let template: Buffer;
beforeAll(async () => {
  const { folder, remove: removeFolder } = temporaryFolder();
  path = join(folder, 'jobs.db');
  const store = open();
  await fill(store.jobs);
  await store.close();
  template = readFileSync(path);
  removeFolder();
});

let path: string;
let remove: () => void;
beforeEach(() => {
  const { folder, remove: removeFolder } = temporaryFolder();
  path = join(folder, 'jobs.db');
  remove = removeFolder;
  writeFileSync(path, template);
});
afterEach(() => remove());

function open(): SqliteStore {
  return openSqliteStore({ path, clock: systemClock, seal: { seal: String, open: String } });
}

/** Jobs of two accounts, in all states but Executing; enough for indexes of several pages, and some deleted. */
async function fill(jobs: JobStore): Promise<void> {
  const types = Array.from({ length: 1400 }, (_, index) => JOB_TYPES[(index * index) % 3] ?? 'ASR');
  const submitted = await Promise.all(types.map((type) => jobs.submit(ALICE, draft({ type }))));
  await jobs.submit(BOB, draft());
  const claims = await Promise.all(Array.from({ length: 400 }, () => jobs.claim('worker-1', LEASE_MS)));
  const leases = claims.filter((claimed) => claimed !== undefined).map(({ lease }) => lease);
  await Promise.all(leases.map((lease) => jobs.saveCheckpoint(lease, 'key', 'x'.repeat(500))));
  await Promise.all(
    leases.map((lease, index) => (index % 2 === 0 ? jobs.finish(lease, RESULT) : jobs.fail(lease, BROKEN))),
  );
  await jobs.delete(
    ALICE,
    submitted.filter((_, index) => index % 9 === 0).map(({ id }) => id),
  );
}

/** As if the program had written it: with SQL. */
function spoil(sql: string): void {
  const db = new SQLite(path);
  db.exec(sql);
  db.close();
}

/** As if the disk had lost it: a whole page of a table or index filled with zeros, not the one at its root. */
function spoilPageOf(name: string): void {
  const db = new SQLite(path);
  const pages = db.prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'").pluck().all(name);
  db.close();
  const bytes = readFileSync(path);
  const page = pages[Math.floor(pages.length / 2)] as number;
  expect(pages.length).toBeGreaterThan(1);
  writeFileSync(path, bytes.fill(0, (page - 1) * PAGE, page * PAGE));
}

/** Lists, numbered pages and counts agree, a job can still be submitted, and no write-ahead log is left. */
async function expectSound(jobsThere: number): Promise<void> {
  expect(repairStore(path, true)).toEqual({
    kind: 'sound',
    found: { damage: [], counters: [], jobs: jobsThere },
    done: [],
  });
  const store = open();
  const { jobs } = store;
  for (const filter of ALL_FILTERS) {
    const walk = { filter, order: 'Desc', size: 100 } as const;
    const pages = await walkByPosition(jobs, ALICE, walk);
    expect(await walkByNumber(jobs, ALICE, walk)).toEqual(pages);
    expect(await jobs.count(ALICE, filter)).toBe(listedIds(pages).length);
  }
  const { id } = await jobs.submit(ALICE, draft());
  const first = await jobs.list(ALICE, { filter: {}, order: 'Desc', start: { pageNumber: 1 }, size: 1 });
  expect(listedIds([first])).toEqual([id]);
  await store.close();
}

const JOBS_THERE = 1401 - Math.ceil(1400 / 9);

describe('examining a database', () => {
  test('finds a sound one sound, and counts its jobs', async () => {
    expect(repairStore(path, false).kind).toBe('sound');
    await expectSound(JOBS_THERE);
  });

  test('is refused while a server runs, and where none ever ran', () => {
    const unlock = lockData(path);
    expect(() => repairStore(path, true)).toThrow('is in use by another smartjobs server');
    unlock();
    expect(repairStore(path, true).kind).toBe('sound');
    expect(() => repairStore(`${path}.other`, true)).toThrow('does not exist: no server has run there yet');
  });

  test('is refused for the database of another version or another program', () => {
    spoil('PRAGMA user_version = 99');
    expect(() => repairStore(path, true)).toThrow('written by a newer version');
    spoil('PRAGMA user_version = 1');
    expect(() => repairStore(path, true)).toThrow('written by an older version');
    spoil('PRAGMA application_id = 7');
    expect(() => repairStore(path, false)).toThrow('is not a database of smartjobs');
  });

  test('names each wrong counter, and changes nothing where it is only to look', () => {
    spoil('UPDATE account SET asr_created = asr_created + 5, last_sequence = 3 WHERE number = 1');
    spoil('DELETE FROM block_10 WHERE block = (SELECT max(block) FROM block_10)');
    spoil('UPDATE block_18 SET text_to_speech_failed = 1');
    const before = readFileSync(path);
    const { kind, found } = repairStore(path, true);
    expect(kind).toBe('faulty');
    expect(found.damage).toEqual([]);
    const faults = new Map(
      found.counters?.map(({ table, row, column, kept, counted }) => [
        `${table} ${row} ${column}`,
        [kept, counted],
      ]),
    );
    expect(Object.fromEntries(faults)).toEqual({
      'account 1 asr_created': [expect.any(Number), expect.any(Number)],
      'account 1 last_sequence': [3, 1400],
      // The job of the second account, which failed.
      [`block_10 ${2 ** 23} asr_failed`]: [null, 1],
      [`block_18 ${2 ** 14} text_to_speech_failed`]: [1, 0],
      [`block_18 ${2 ** 15} text_to_speech_failed`]: [1, 0],
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('repairing', () => {
  test('sets wrong counters to what the jobs say, and the place of the next job', async () => {
    spoil('UPDATE account SET asr_created = 0, last_sequence = 3, last_job_id = NULL');
    spoil('DELETE FROM block_18; UPDATE block_10 SET asr_failed = asr_failed - 1, dynamic_chart_created = 7');
    const { kind, found, done } = repairStore(path, false);
    expect(kind).toBe('repaired');
    expect(done).toEqual([`${found.counters?.length} counters were set to what the jobs say.`]);
    await expectSound(JOBS_THERE);
  });

  test('rebuilds an index that lacks an entry', async () => {
    dropIndexEntries();
    expect(repairStore(path, true).found.damage.join('\n')).toContain('missing from index smart_job_state');
    expect(repairStore(path, false)).toMatchObject({
      kind: 'repaired',
      done: ['All indexes were rebuilt from the tables.'],
    });
    await expectSound(JOBS_THERE);
  });

  test.each(['smart_job_id', 'smart_job_state', 'smart_job_type', 'smart_job_type_state'])(
    'rebuilds an index with a page lost: %s',
    async (index) => {
      spoilPageOf(index);
      const { kind, found } = repairStore(path, false);
      expect(found.damage).not.toEqual([]);
      expect(kind).toBe('repaired');
      await expectSound(JOBS_THERE);
    },
  );

  test('rebuilds block counters whose only page is lost', async () => {
    const db = new SQLite(path);
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'block_10'").pluck().get() as number;
    db.close();
    writeFileSync(path, readFileSync(path).fill(0, (root - 1) * PAGE, root * PAGE));
    expect(repairStore(path, true).kind).toBe('faulty');
    expect(repairStore(path, false).kind).toBe('repaired');
    await expectSound(JOBS_THERE);
  });

  test.each([
    ['a page of them is lost', (): void => spoilPageOf('job_checkpoint')],
    [
      'they belong to no job',
      (): void => spoil("PRAGMA foreign_keys = OFF; INSERT INTO job_checkpoint VALUES (7, 'key', 'value')"),
    ],
    [
      'a token of a submit belongs to no job',
      (): void => spoil("PRAGMA foreign_keys = OFF; INSERT INTO submit_token VALUES (1, 'token', 'of it', 7, 0)"),
    ],
  ])('gives checkpoints up where %s, and no job', async (_what, damage) => {
    damage();
    const { kind, found, done } = repairStore(path, false);
    expect(kind).toBe('repaired');
    expect(found.damage).not.toEqual([]);
    expect(done.join(' ')).toContain('What unfinished jobs had saved was given up');
    await expectSound(JOBS_THERE);
  });
});

describe('what cannot be rebuilt', () => {
  test.each(['smart_job', 'job_result'])('is left as it is: a page of %s lost', (table) => {
    spoilPageOf(table);
    const before = readFileSync(path);
    const { kind, found, done } = repairStore(path, false);
    expect([kind, done]).toEqual(['beyond-repair', []]);
    expect(found.damage).not.toEqual([]);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each([0.9, 0.5, 0.01])('is a file cut to %d of its length', (part) => {
    truncateSync(path, Math.floor(readFileSync(path).length * part));
    const before = readFileSync(path);
    expect(repairStore(path, true).kind).not.toBe('sound');
    expect(repairStore(path, false).kind).toBe('beyond-repair');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('is a result that is gone', () => {
    spoil('DELETE FROM job_result');
    expect(repairStore(path, false)).toMatchObject({
      kind: 'beyond-repair',
      found: { damage: ['177 finished jobs have no result'] },
    });
  });
});

/** Takes entries out of an index alone, by making SQLite believe that its table is another, empty of constraints. */
function dropIndexEntries(): void {
  const db = new SQLite(path);
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  const where = "WHERE name = 'smart_job_state'";
  const sql = db.prepare(`SELECT sql FROM sqlite_schema ${where}`).pluck().get() as string;
  db.prepare(`UPDATE sqlite_schema SET sql = ? ${where}`).run(`${sql} WHERE key < 0`);
  db.pragma('writable_schema = RESET');
  db.exec('REINDEX smart_job_state');
  db.pragma('writable_schema = ON');
  db.prepare(`UPDATE sqlite_schema SET sql = ? ${where}`).run(sql);
  db.pragma('writable_schema = RESET');
  db.close();
}
