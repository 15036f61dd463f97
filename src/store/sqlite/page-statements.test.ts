import type { Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobOrder } from '../../jobs/job-query.ts';
import { ALL_FILTERS } from '../contract/sample-jobs.ts';
import { CREATION_STATEMENTS } from './creation-range.ts';
import { cellsOf, countEachSql, countSql } from './job-counters.ts';
import { blockSql, blockSumSql, pageSql, rowCountSql, skippingPageSql } from './page-statements.ts';
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

/** The filters that only this server has take these, and some of the others. */
const OUR_STATEMENTS = [
  ...CREATION_STATEMENTS,
  countEachSql(cellsOf({})),
  blockSumSql(18, cellsOf({})),
  blockSumSql(10, [{}]),
  ...ALL_FILTERS.map(rowCountSql),
];

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

  test.each(OUR_STATEMENTS)('of our own filters too: %s', (sql) => {
    for (const step of planOf(sql)) {
      expect(step).toMatch(/^SEARCH \w+ USING (INTEGER PRIMARY KEY|COVERING INDEX smart_job_\w+) \(.*\)$/);
    }
    expect(sql).not.toMatch(/ LIMIT (?!1$)/);
  });

  test.each(ALL_FILTERS)('count the jobs at the ends of a range in an index alone: %j', (filter) => {
    const columns = filter.type === undefined ? [] : ['type=\\?'];
    if (filter.state !== undefined || filter.type === undefined) columns.push('state=\\?');
    const narrowed = [...columns, 'rowid>\\?', 'rowid<\\?'].join(' AND ');
    expect(planOf(rowCountSql(filter))).toEqual([
      expect.stringMatching(new RegExp(`^SEARCH smart_job USING COVERING INDEX \\w+ \\(${narrowed}\\)$`)),
    ]);
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
