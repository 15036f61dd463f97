import type { Database } from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import type { JobFilter, PageStart } from '../../jobs/job-query.ts';
import {
  ALICE,
  ALL_FILTERS,
  BOB,
  BROKEN,
  CANCELED,
  draft,
  LEASE_MS,
  RESULT,
  START,
} from '../contract/sample-jobs.ts';
import { keyInBlockSql } from './page-statements.ts';
import { openDatabase } from './open-database.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { temporaryDatabase } from './test-database.ts';

/*
 * SQLite plans a statement anew at a call for three reasons: the schema changed, a value was bound that the plan was
 * made for (the pattern of a LIKE, a LIMIT), or statistics let it look at bound values. It does not tell when it did.
 * So these tests keep the reasons out, over every statement that the store really prepares. Somebody may run ANALYZE
 * on the file by hand: the next start drops the statistics, and until then a statement that names its index keeps its
 * plan, however hostile they are.
 */

let db: Database;
let path: string;
let remove: () => void;
/** Every statement that the store prepared, in the order of its first use. */
let texts: readonly string[];
/** Their plans without statistics. */
let plans: readonly (readonly string[])[];

beforeAll(async () => {
  ({ db, path, remove } = temporaryDatabase());
  const prepare = vi.spyOn(db, 'prepare');
  const clock = new ManualClock(START);
  const store = new SqliteJobStore(db, clock, () => undefined);
  await runJobs(store);
  await readJobs(store, clock);
  texts = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  plans = texts.map(planOf);
});
afterAll(() => remove());

/** Every write there is, and 2,500 jobs of which nearly all are of one account, type and state. */
async function runJobs(store: SqliteJobStore): Promise<void> {
  const token = { token: 'once', fingerprint: 'of it', keepMs: 1000 };
  const { id } = await store.submit(ALICE, draft());
  await store.submit(ALICE, draft(), 100, token);
  await store.submit(ALICE, draft(), 100, token);
  await store.findToken(ALICE, token);
  for (const end of ['renew', 'handBack', 'fail', 'retry', 'finish', 'delete'] as const) {
    if (end === 'retry') await store.retry(ALICE, id, 100, ['probe/']);
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
  await store.submit(BOB, draft({ type: 'TextToSpeech' }));
  await Promise.all(Array.from({ length: 2500 }, () => store.submit(ALICE, draft())));
}

/** Every way to read: each combination of filters, both orders, first, numbered and later pages, counts. */
async function readJobs(store: SqliteJobStore, clock: ManualClock): Promise<void> {
  const page = await store.list(ALICE, { filter: {}, order: 'Asc', start: { pageNumber: 1 }, size: 1 });
  const ids = page.jobs.map((text) => (JSON.parse(text) as { JobId: never }).JobId);
  const starts: PageStart[] = [{ pageNumber: 1 }, { pageNumber: 2 }, { pageNumber: 15 }, { afterSequence: 7 }];
  const times = { createdFrom: START, createdBefore: clock.now() + 1 };
  const ours: JobFilter[] = [
    {},
    times,
    { titleContains: 'absent' },
    { ids },
    { ...times, titleContains: 'A', ids },
  ];
  for (const filter of ALL_FILTERS.flatMap((plain) =>
    ours.map((own): JobFilter => Object.assign({}, plain, own)),
  )) {
    for (const order of ['Asc', 'Desc'] as const) {
      const possible = filter.titleContains === undefined ? starts : [starts[0], starts[3]];
      for (const start of possible) {
        if (start !== undefined) await store.list(ALICE, { filter, order, start, size: 100 });
      }
    }
    await store.count(ALICE, filter);
    await store.countEach(ALICE, filter);
  }
}

/** The exceptions: they sort the keys of one block, 1,024 at most. */
const sortsOneBlock = new Set((['Asc', 'Desc'] as const).map(keyInBlockSql));

function planOf(sql: string): string[] {
  const values = Array.from(sql.matchAll(/\?/g), () => null);
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
  return rows.map(({ detail }) => detail);
}

describe('every statement of the store', () => {
  test('is prepared once', () => {
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(200);
  });

  test('seeks, and neither scans nor sorts', () => {
    for (const sql of texts) {
      const unwanted = sortsOneBlock.has(sql) ? /^SCAN/ : /^SCAN (?!CONSTANT)|TEMP B-TREE/;
      for (const step of planOf(sql)) expect(`${step}: ${sql}`).not.toMatch(unwanted);
    }
  });

  test('binds no value that it would be planned for: no LIMIT, and no pattern', () => {
    for (const sql of texts) {
      expect(sql).not.toMatch(/LIMIT\s+(?!\d+\b)/i);
      expect(sql).not.toMatch(/\b(LIKE|GLOB|MATCH|REGEXP)\b/i);
    }
  });

  test('names its index where it reads jobs, or that it takes none', () => {
    const reading = texts.filter((sql) => sql.includes(' FROM smart_job ') && sql.startsWith('SELECT'));
    expect(reading.filter((sql) => !/ (INDEXED BY \w+|NOT INDEXED) /.test(sql))).toEqual([]);
    expect(reading.length).toBeGreaterThan(30);
  });
});

/** As ANALYZE writes them: rows of the table, then how many share a value of the first column, of both, … */
const HOSTILE = {
  'every index is useless': (columns: number) => `1000000${' 1000000'.repeat(columns)}`,
  'every index finds one row': (columns: number) => `1000000${' 1'.repeat(columns)}`,
  'the table is empty': (columns: number) => `0${' 0'.repeat(columns)}`,
};

describe('statistics', () => {
  test('are not there, and nothing in the sources makes any', () => {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'").all();
    expect(tables).toEqual([]);
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    expect(sources.length).toBeGreaterThan(20);
    for (const name of sources) {
      const code = readFileSync(join(import.meta.dirname, name), 'utf8').replaceAll(/^\s*(\*|\/\*|\/\/).*$/gm, '');
      expect(`${name}: ${/\bANALYZE\b|\boptimize\b/i.exec(code)?.[0] ?? 'none'}`).toBe(`${name}: none`);
    }
  });

  test('change no plan with a named index, were they there: those of the jobs themselves, and hostile ones', () => {
    const named = texts.filter((sql) => sql.includes(' INDEXED BY smart_job_'));
    const planned = named.map(planOf);
    expect(named.length).toBeGreaterThan(20);
    // Had this statement one plan only, the test would prove nothing: it does not name its index.
    const unnamed =
      'SELECT key, listed FROM smart_job WHERE state = ? AND key > ? AND key < ? ORDER BY key LIMIT 11';
    const unnamedPlans = new Set([String(planOf(unnamed))]);
    db.exec('ANALYZE');
    expect(named.map(planOf)).toEqual(planned);
    for (const statistics of Object.values(HOSTILE)) {
      for (const { idx, stat } of db.prepare('SELECT idx, stat FROM sqlite_stat1').all() as Statistic[]) {
        const told = statistics(stat.split(' ').length - 1);
        db.prepare('UPDATE sqlite_stat1 SET stat = ? WHERE idx IS ?').run(told, idx);
      }
      db.exec('DELETE FROM sqlite_stat4; ANALYZE sqlite_schema');
      expect(named.map(planOf)).toEqual(planned);
      unnamedPlans.add(String(planOf(unnamed)));
    }
    expect(unnamedPlans.size).toBeGreaterThan(1);
  });

  test('are dropped at the next start, and every statement has its plan again', () => {
    db.exec('ANALYZE');
    expect(texts.map(planOf)).not.toEqual(plans);
    db.close();
    db = openDatabase(path);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'").all()).toEqual([]);
    expect(texts.map(planOf)).toEqual(plans);
  });
});

type Statistic = { readonly idx: string | null; readonly stat: string };
