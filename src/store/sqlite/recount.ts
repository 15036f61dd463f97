import type { Database } from 'better-sqlite3';
import { BLOCK_BITS, CELLS, cellsOf } from './job-counters.ts';
import { accountNumberOf, sequenceOf, type JobKey } from './job-key.ts';

/** The tables that count jobs, by what one row of each counts: the jobs whose keys agree in their higher bits. */
export const COUNTER_TABLES = [
  { table: 'account', id: 'number', bits: 32 },
  ...BLOCK_BITS.map((bits) => ({ table: `block_${bits}`, id: 'block', bits })),
] as const;

export type CounterTable = (typeof COUNTER_TABLES)[number];

/** What the jobs themselves say, one by one. */
export type Recount = {
  readonly jobs: number;
  /** By table, then by the id of its row: one number a cell. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;
  /** By account number: the place and the id of its newest job. */
  readonly newest: ReadonlyMap<number, { readonly sequence: number; readonly id: Buffer }>;
};

const NEXT = 'SELECT key FROM smart_job NOT INDEXED WHERE key >= ? ORDER BY key LIMIT 1';
const KINDS =
  'SELECT type, state, count(*) FROM smart_job NOT INDEXED WHERE key >= ? AND key < ? GROUP BY type, state';
const LAST = 'SELECT key, job_id FROM smart_job NOT INDEXED WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 1';

const SMALLEST = 2 ** Math.min(...BLOCK_BITS);

const CELL_OF = new Map(cellsOf({}).map(({ type, state }, index) => [`${type} ${state}`, index]));

/** Reads every row of the jobs, and no index: 0.8 s for a million. */
export function recount(db: Database): Recount {
  const next = db.prepare(NEXT).pluck();
  const kinds = db.prepare(KINDS).raw();
  const last = db.prepare(LAST);
  const cells = new Map<string, Map<number, number[]>>(COUNTER_TABLES.map(({ table }) => [table, new Map()]));
  const newest = new Map<number, { sequence: number; id: Buffer }>();
  let jobs = 0;
  for (let key = next.get(0) as JobKey | undefined; key !== undefined;) {
    const first = key - (key % SMALLEST);
    for (const [type, state, count] of kinds.iterate(first, first + SMALLEST) as Iterable<
      [string, string, number]
    >) {
      const cell = CELL_OF.get(`${type} ${state}`) ?? Number.NaN;
      for (const { table, bits } of COUNTER_TABLES)
        add(cells.get(table), Math.floor(first / 2 ** bits), cell, count);
      jobs += count;
    }
    const end = last.get(first, first + SMALLEST) as { key: JobKey; job_id: Buffer };
    newest.set(accountNumberOf(end.key), { sequence: sequenceOf(end.key), id: end.job_id });
    key = next.get(first + SMALLEST) as JobKey | undefined;
  }
  return { jobs, cells, newest };
}

function add(rows: Map<number, number[]> | undefined, row: number, cell: number, count: number): void {
  const counts = rows?.get(row) ?? CELLS.map(() => 0);
  counts[cell] = (counts[cell] ?? 0) + count;
  rows?.set(row, counts);
}
