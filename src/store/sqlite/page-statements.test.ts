import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Database } from 'better-sqlite3';
import { ManualClock } from '../../base/clock.ts';
import type { JobOrder } from '../../jobs/job-query.ts';
import { ALICE, ALL_FILTERS, BROKEN, CANCELED, draft, LEASE_MS, RESULT, START } from '../contract/sample-jobs.ts';
import { countSql } from './job-counters.ts';
import { blockSql, pageSql, skippingPageSql } from './page-statements.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { temporaryDatabase } from './test-database.ts';

const ORDERS: readonly JobOrder[] = ['Asc', 'Desc'];

/** A list of one filter and one order takes these. */
const LISTS = ALL_FILTERS.flatMap((filter) => ORDERS.map((order) => ({ filter, order })));
const LIST_STATEMENTS = [
  ALL_FILTERS.map(countSql),
  LISTS.map(({ filter, order }) => pageSql(filter, order, 10)),
  LISTS.map(({ filter, order }) => skippingPageSql(filter, order, 10)),
  LISTS.map(({ filter, order }) => blockSql(18, filter, order)),
  LISTS.map(({ filter, order }) => blockSql(10, filter, order)),
].flat();

let db: Database;
let remove: () => void;
beforeAll(() => {
  ({ db, remove } = temporaryDatabase());
});
afterAll(() => remove());

/** The steps of a plan. Parameters stay unbound, as they are while the plan is made. */
function planOf(sql: string): string[] {
  const values = Array.from(sql.matchAll(/\?/g), () => null);
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
  return rows.map(({ detail }) => detail);
}

describe('the statements of the list', () => {
  test.each(LIST_STATEMENTS)('search an index and sort nothing: %s', (sql) => {
    for (const step of planOf(sql)) {
      expect(step).toMatch(/^SEARCH \w+ USING (INTEGER PRIMARY KEY|INDEX smart_job_\w+) \(.*\)$/);
    }
  });

  test.each([
    [{ type: 'ASR' }, 'SEARCH smart_job USING INDEX smart_job_type (type=? AND rowid>? AND rowid<?)'],
    [{ state: 'Failed' }, 'SEARCH smart_job USING INDEX smart_job_state (state=? AND rowid>? AND rowid<?)'],
    [
      { type: 'ASR', state: 'Failed' },
      'SEARCH smart_job USING INDEX smart_job_type_state (type=? AND state=? AND rowid>? AND rowid<?)',
    ],
    [{}, 'SEARCH smart_job USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  ] as const)('with the filter %j narrow down to the page in the index alone', (filter, plan) => {
    expect(planOf(pageSql(filter, 'Desc', 10))).toEqual([plan]);
    expect(planOf(skippingPageSql(filter, 'Asc', 10))).toEqual([plan]);
  });

  test('have literal limits, since SQLite plans a statement anew for each value of a bound one', () => {
    for (const sql of LIST_STATEMENTS) expect(sql).not.toMatch(/LIMIT\s+[^\d]/i);
    expect(pageSql({}, 'Asc', 10)).toMatch(/ LIMIT 11$/);
    expect(skippingPageSql({}, 'Asc', 100)).toMatch(/ LIMIT 101 OFFSET \?$/);
  });

  test('read nothing of a job but its key and its text, and count no rows', () => {
    for (const sql of LIST_STATEMENTS) {
      expect(sql).toMatch(/^SELECT (key, listed FROM smart_job|[a-z_, +]+( AS count)? FROM (account|block_\d+)) /);
      expect(sql).not.toMatch(/COUNT\s*\(/i);
    }
  });

  test('name their index, so that no statistics and no version of SQLite choose another', () => {
    for (const { filter, order } of LISTS) {
      const named =
        (filter.type ?? filter.state) ? / INDEXED BY smart_job_(type|state|type_state) / : / NOT INDEXED /;
      expect(pageSql(filter, order, 10)).toMatch(named);
      expect(skippingPageSql(filter, order, 10)).toMatch(named);
    }
  });
});

describe('all statements of the store', () => {
  test('are planned without scanning or sorting, and no statistics change their plans', async () => {
    const prepare = vi.spyOn(db, 'prepare');
    const clock = new ManualClock(START);
    const store = new SqliteJobStore(db, clock, () => undefined);
    const id = (await store.submit(ALICE, draft())).id;
    for (const end of ['renew', 'handBack', 'fail', 'retry', 'finish', 'delete'] as const) {
      if (end === 'retry') await store.retry(ALICE, id);
      const lease = (await store.claim('worker-1', LEASE_MS))?.lease ?? { account: ALICE, jobId: id, epoch: 0 };
      await store.holds(lease);
      await store.saveProgress(lease, { percent: 1, step: 'probe' });
      if (end === 'renew') await store.renew(lease, LEASE_MS);
      if (end === 'renew' || end === 'handBack') await store.handBack(lease);
      if (end === 'fail') await store.fail(lease, BROKEN);
      if (end === 'finish') await store.finish(lease, RESULT);
      await store.get(ALICE, id);
    }
    await store.cancel(ALICE, id, CANCELED);
    await store.delete(ALICE, [id]);
    const texts = prepare.mock.calls.map(([sql]) => sql);
    expect(new Set(texts).size, 'each statement is prepared once').toBe(texts.length);
    expect(texts.length).toBeGreaterThan(20);
    for (const sql of texts) {
      for (const step of planOf(sql)) expect(`${step}: ${sql}`).not.toMatch(/^SCAN (?!CONSTANT)|TEMP B-TREE/);
      expect(sql).not.toMatch(/LIMIT\s+\?|ANALYZE|PRAGMA optimize/i);
    }
    const selects = texts.filter((sql) => /^SELECT .* FROM smart_job /.test(sql));
    expect(selects.filter((sql) => !/ (INDEXED BY \w+|NOT INDEXED) /.test(sql))).toEqual([]);
    expect(selects.length).toBeGreaterThanOrEqual(4);
    const statistics = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'").all();
    expect(statistics).toEqual([]);
  });
});
