import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/base/clock.ts';
import type { AccountId } from '../src/jobs/account.ts';
import { jobFailure } from '../src/jobs/job-failure.ts';
import type { JobFilter, JobQuery, PageStart } from '../src/jobs/job-query.ts';
import type { JobStore } from '../src/jobs/job-store.ts';
import { JOB_TYPES } from '../src/jobs/job-type.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';

/*
 * What a page costs in the SQLite store: first, middle and last, by position and by number, with each filter.
 * Usage: npx tsx bench/listing-page.ts [jobs, 100000] [file for the figures, bench/results/listing-page.json]
 */

const jobCount = Number(process.argv[2] ?? 100_000);
const resultFile = process.argv[3] ?? 'bench/results/listing-page.json';
const ACCOUNT = '1234567890123456' as AccountId;
const SIZE = 10;
const FILTERS: readonly JobFilter[] = [
  {},
  { type: 'ASR' },
  { state: 'Finished' },
  { type: 'ASR', state: 'Finished' },
];
const BATCH = 500;

const folder = mkdtempSync(join(tmpdir(), 'smartjobs-bench-'));
const store = openSqliteStore({
  path: join(folder, 'jobs.db'),
  clock: systemClock,
  seal: { seal: String, open: String },
});
try {
  const writes = await fill(store.jobs);
  const pages = [];
  for (const filter of FILTERS)
    for (const order of ['Asc', 'Desc'] as const) pages.push(...(await measure(filter, order)));
  console.table(pages);
  const report = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length, jobs: jobCount, size: SIZE };
  writeFileSync(resultFile, `${JSON.stringify({ ...report, writes, pages }, null, 2)}\n`);
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}

/** Submits the jobs, many at a time, and ends most of them. Microseconds a job. */
async function fill(jobs: JobStore): Promise<Record<string, number>> {
  const submit = await timed(jobCount, async () => {
    for (let count = 0; count < jobCount; count += BATCH) {
      await Promise.all(Array.from({ length: BATCH }, (_, index) => jobs.submit(ACCOUNT, draft(count + index))));
    }
  });
  const claimAndEnd = await timed(jobCount * 0.8, async () => {
    for (let count = 0; count < jobCount * 0.8; count += BATCH) {
      const claims = await Promise.all(Array.from({ length: BATCH }, () => jobs.claim('bench', 3_600_000)));
      await Promise.all(
        claims.map(async (claimed, index) => (claimed ? end(jobs, claimed.lease, index) : undefined)),
      );
    }
  });
  const submitSingly = await timed(500, async () => {
    for (let count = 0; count < 500; count += 1) await jobs.submit(ACCOUNT, draft(count));
  });
  return { submit, claimAndEnd, submitSingly };
}

type Lease = Parameters<JobStore['finish']>[0];

async function end(jobs: JobStore, lease: Lease, index: number): Promise<void> {
  const aiResult = JSON.stringify([{ content: 'word '.repeat(400), from: 0, to: 60 }]);
  if (index % 8 === 0) await jobs.fail(lease, jobFailure('NoValidVocal', 'No human voice was found.'));
  else if (index % 8 < 7) await jobs.finish(lease, { output: aiResult, aiResult });
}

async function measure(filter: JobFilter, order: JobQuery['order']): Promise<Record<string, number | string>[]> {
  const matching = await store.jobs.count(ACCOUNT, filter);
  const lastPage = Math.ceil(matching / SIZE);
  const rows = [];
  for (const [depth, pageNumber] of [
    ['first', 1],
    ['middle', Math.ceil(lastPage / 2)],
    ['last', lastPage],
  ] as const) {
    const before = { filter, order, size: SIZE, start: { pageNumber: Math.max(1, pageNumber - 1) } };
    const { lastSequence } = await store.jobs.list(ACCOUNT, before);
    const position: PageStart =
      pageNumber > 1 && lastSequence !== undefined ? { afterSequence: lastSequence } : { pageNumber: 1 };
    rows.push({
      filter: Object.values(filter).join(' ') || 'none',
      order,
      depth,
      page: pageNumber,
      byPositionMicros: await pageCost({ filter, order, size: SIZE, start: position }),
      byNumberMicros: await pageCost({ filter, order, size: SIZE, start: { pageNumber } }),
      countMicros: await timed(2000, async () => {
        for (let call = 0; call < 2000; call += 1) await store.jobs.count(ACCOUNT, filter);
      }),
    });
  }
  return rows;
}

/** The best of five rounds, since the machine has other work. */
async function pageCost(query: JobQuery): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    rounds.push(
      await timed(400, async () => {
        for (let call = 0; call < 400; call += 1) await store.jobs.list(ACCOUNT, query);
      }),
    );
  }
  return Math.min(...rounds);
}

/** Microseconds for each of so many. */
async function timed(count: number, run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return Math.round(((performance.now() - start) * 10_000) / count) / 10;
}

function draft(index: number): Parameters<JobStore['submit']>[1] {
  return {
    type: JOB_TYPES[index % 7 < 4 ? 0 : (index % 7) - 3] ?? 'ASR',
    title: `Recording ${index}`,
    description: 'A recording of the day',
    userData: '{"order":7}',
    editingConfig: JSON.stringify({ StartTime: '0', Duration: '60', CustomLanguage: 'en', Note: 'x'.repeat(100) }),
    inputFile: 'oss://bucket/recordings/2026/01/02/recording.mp4',
    keyword: '',
    outputBucket: '',
    outputObject: '',
    parameters: { StartTime: '0', Duration: '60' },
  };
}
