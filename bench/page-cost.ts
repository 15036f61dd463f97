import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { systemClock } from '../src/base/clock.ts';
import type { JobFilter, JobOrder, PageStart } from '../src/jobs/job-query.ts';
import { JOB_STATES } from '../src/jobs/job-state.ts';
import type { JobStore } from '../src/jobs/job-store.ts';
import { JOB_TYPES } from '../src/jobs/job-type.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { LARGE_ACCOUNT, storeOf, type FilledStore } from './fill-store.ts';
import { machine, median, randomNumbers, rounded, saveResult } from './figures.ts';
import { writePageCostPlot } from './page-cost-plot.ts';

/*
 * What a page of ten costs in the SQLite store, of the account that has nine of ten jobs: first, middle, last and
 * random pages, by token and by PageNo, with every filter, in both orders, and TotalCount; in stores of several
 * sizes, all open at once and measured in turn. Microseconds of CPU time, which other programs do not disturb as
 * they do time on the clock; each page in an event-loop turn of its own, so without the gain of shared transactions.
 *
 * Usage: npx tsx bench/page-cost.ts
 * Environment: SIZES (10k,1m,10m), ROUNDS (7), STORES=folder (keeps the filled stores there and uses them again)
 */

const SIZES = (process.env.SIZES ?? '10k,1m,10m').split(',');
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const CALLS = 20;
const PAGE = 10;
const DEPTHS = { first: 0, middle: 0.5, last: 1 } as const;
/** Each call another page, so that the caches have seen few of them. */
const RANDOM_PAGES = 200;
const SWEEP = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
/** Bytes of a job in the database, its indexes and its result included. */
const BYTES_PER_JOB = 1_050;

const FILTERS: readonly JobFilter[] = [undefined, ...JOB_TYPES].flatMap((type) =>
  [undefined, ...JOB_STATES].map((state) => ({ type, state })),
);
const ORDERS = ['Asc', 'Desc'] as const;

/** One kind of call; `starts` are taken in turn. */
type Case = {
  readonly size: string;
  readonly filter: string;
  readonly order: JobOrder;
  readonly depth: string;
  readonly by: 'token' | 'number' | 'count';
  readonly calls: readonly (() => Promise<unknown>)[];
  readonly micros: number[];
};

export type Cost = Omit<Case, 'calls' | 'micros'> & { readonly cpuMicros: number };

async function run(): Promise<void> {
  const stores = SIZES.map((size) => open(size));
  const cases: Case[] = [];
  for (const { size, jobs } of stores) cases.push(...(await casesOf(size, jobs)));
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    for (const one of cases) await measure(one, round);
    console.log(`round ${round} of ${ROUNDS}`);
  }
  for (const { jobs } of stores) await jobs.close();
  const costs = cases.map(costOf);
  const summary = summaryOf(costs);
  console.table(summary);
  const filled = Object.fromEntries(stores.map(({ size, figures }) => [size, figures]));
  saveResult('page-cost', { ...machine(), rounds: ROUNDS, callsARound: CALLS, filled, summary, costs });
  writePageCostPlot(costs);
}

function open(size: string): { readonly size: string; readonly jobs: JobStore; readonly figures: FilledStore } {
  const count = Number(size.replace('k', '000').replace('m', '000000'));
  const { bavail, bsize } = statfsSync(process.env.STORES ?? folder);
  if (bavail * bsize < count * BYTES_PER_JOB * 1.2) throw new Error(`No room for ${size} jobs in ${folder}.`);
  const { path, figures } = storeOf(count, folder);
  const seal = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  return { size, jobs: openSqliteStore({ path, clock: systemClock, seal }).jobs, figures };
}

async function casesOf(size: string, jobs: JobStore): Promise<Case[]> {
  const cases: Case[] = [];
  for (const filter of FILTERS) {
    const name = [filter.type, filter.state].filter(Boolean).join(' ') || 'none';
    const pages = Math.floor((await jobs.count(LARGE_ACCOUNT, filter)) / PAGE);
    if (pages < 3) continue;
    for (const order of ORDERS) {
      const list = new ListCases(jobs, { filter, order, pages });
      const add = (depth: string, by: Case['by'], calls: Case['calls']): void => {
        cases.push({ size, filter: name, order, depth, by, calls, micros: [] });
      };
      for (const [depth, share] of Object.entries(DEPTHS)) {
        add(depth, 'token', await list.byToken([share]));
        add(depth, 'number', list.byNumber([share]));
      }
      // Other pages for each way: those that were just read by token would be in SQLite's cache.
      const [some, others] = [1, 2].map((seed) => Array.from({ length: RANDOM_PAGES }, randomNumbers(seed)));
      add('random', 'token', await list.byToken(some ?? []));
      add('random', 'number', list.byNumber(others ?? []));
      add('', 'count', [() => jobs.count(LARGE_ACCOUNT, filter)]);
      if (order === 'Asc' || (name !== 'none' && name !== 'ASR Finished')) continue;
      for (const share of SWEEP) {
        add(`at ${share}`, 'token', await list.byToken([share]));
        add(`at ${share}`, 'number', list.byNumber([share]));
      }
    }
  }
  return cases;
}

/** The calls for pages of one list, each at a share of its depth, 0 to 1. The last page is the last full one. */
class ListCases {
  readonly #jobs: JobStore;
  readonly #list: { readonly filter: JobFilter; readonly order: JobOrder; readonly pages: number };

  constructor(jobs: JobStore, list: { filter: JobFilter; order: JobOrder; pages: number }) {
    this.#jobs = jobs;
    this.#list = list;
  }

  byNumber(shares: readonly number[]): (() => Promise<unknown>)[] {
    return shares.map((share) => this.#call({ pageNumber: this.#pageAt(share) }));
  }

  async byToken(shares: readonly number[]): Promise<(() => Promise<unknown>)[]> {
    const calls = [];
    for (const share of shares) {
      const page = this.#pageAt(share);
      calls.push(this.#call(page === 1 ? { pageNumber: 1 } : await this.#behind(page - 1)));
    }
    return calls;
  }

  #pageAt(share: number): number {
    return 1 + Math.round(share * (this.#list.pages - 1));
  }

  async #behind(pageNumber: number): Promise<PageStart> {
    const { filter, order } = this.#list;
    const before = await this.#jobs.list(LARGE_ACCOUNT, { filter, order, size: PAGE, start: { pageNumber } });
    if (before.lastSequence === undefined) throw new Error('There is no page to measure.');
    return { afterSequence: before.lastSequence };
  }

  #call(start: PageStart): () => Promise<unknown> {
    const { filter, order } = this.#list;
    return () => this.#jobs.list(LARGE_ACCOUNT, { filter, order, size: PAGE, start });
  }
}

function costOf({ size, filter, order, depth, by, micros }: Case): Cost {
  return { size, filter, order, depth, by, cpuMicros: rounded(median(micros)) };
}

async function measure({ calls, micros }: Case, round: number): Promise<void> {
  const before = process.cpuUsage();
  for (let index = 0; index < CALLS; index += 1) {
    await calls[(round * CALLS + index) % calls.length]?.();
    await endOfTurn();
  }
  const { user, system } = process.cpuUsage(before);
  // The first round warms everything up.
  if (round > 0) micros.push((user + system) / CALLS);
}

/** The goals, each as the median and the worst over all filters and orders. */
function summaryOf(costs: readonly Cost[]): Record<string, { readonly median: number; readonly worst: number }> {
  const [smallest, largest] = [SIZES[0], SIZES.at(-1)];
  const key = (cost: Cost): string => [cost.size, cost.filter, cost.order, cost.depth, cost.by].join('/');
  const micros = new Map(costs.map((cost) => [key(cost), cost.cpuMicros]));
  const ratios = (of: (cost: Cost) => boolean, to: Partial<Cost>): { median: number; worst: number } => {
    const values = costs.filter(of).map((cost) => cost.cpuMicros / (micros.get(key({ ...cost, ...to })) ?? NaN));
    const known = values.filter((value) => !Number.isNaN(value));
    return { median: rounded(median(known), 2), worst: rounded(Math.max(...known), 2) };
  };
  const plain = (of: (cost: Cost) => boolean): { median: number; worst: number } => {
    const values = costs.filter(of).map(({ cpuMicros }) => cpuMicros);
    return { median: rounded(median(values)), worst: rounded(Math.max(...values)) };
  };
  return {
    'last page by token / first page': ratios(({ by, depth }) => by === 'token' && depth === 'last', {
      depth: 'first',
    }),
    'middle page by token / first page': ratios(({ by, depth }) => by === 'token' && depth === 'middle', {
      depth: 'first',
    }),
    [`${largest} / ${smallest}, by token`]: ratios(
      ({ size, by, depth }) => size === largest && by === 'token' && depth in DEPTHS,
      { size: smallest },
    ),
    'any page by token, µs': plain(({ by }) => by === 'token'),
    'any page by number, µs': plain(({ by }) => by === 'number'),
    'TotalCount, µs': plain(({ by }) => by === 'count'),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'smartjobs-bench-'));
try {
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
