import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../src/base/clock.ts';
import type { AccountId } from '../src/jobs/account.ts';
import type { JobFilter, JobQuery } from '../src/jobs/job-query.ts';
import { creationTime, type JobId } from '../src/jobs/job-id.ts';
import type { JobDraft } from '../src/jobs/smart-job.ts';
import { openDatabase } from '../src/store/sqlite/open-database.ts';
import { SqliteJobStore } from '../src/store/sqlite/sqlite-job-store.ts';

/*
 * What the filters cost that only this server has: by time, by title, by ids; and CountSmartJobs.
 * Usage: npx tsx bench/listing-filters.ts [jobs, 1000000] [file for the figures, bench/results/listing-filters.json]
 */

const jobCount = Number(process.argv[2] ?? 1_000_000);
const resultFile = process.argv[3] ?? 'bench/results/listing-filters.json';
const ACCOUNT = '1234567890123456' as AccountId;
const BATCH = 1000;
const SIZE = 10;

const folder = mkdtempSync(join(tmpdir(), 'smartjobs-bench-'));
const db = openDatabase(join(folder, 'jobs.db'));
db.pragma('synchronous = OFF');
const clock = new ManualClock(Date.UTC(2026, 0, 1));
const jobs = new SqliteJobStore(db, clock, () => db.close());
try {
  await fill();
  const figures = await measure();
  console.table(figures);
  const report = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length, jobs: jobCount, size: SIZE };
  writeFileSync(resultFile, `${JSON.stringify({ ...report, figures }, null, 2)}\n`);
} finally {
  await jobs.close();
  rmSync(folder, { recursive: true });
}

/** A second of time for each batch; one job in four canceled. */
async function fill(): Promise<void> {
  for (let count = 0; count < jobCount; count += BATCH) {
    const batch = await Promise.all(
      Array.from({ length: BATCH }, (_, index) => jobs.submit(ACCOUNT, draft(count + index))),
    );
    const failure = { code: 'JobCanceled', message: 'Canceled.' } as const;
    await Promise.all(
      batch.filter((_, index) => index % 4 === 0).map(({ id }) => jobs.cancel(ACCOUNT, id, failure)),
    );
    clock.advance(1000);
  }
}

async function measure(): Promise<Record<string, number>> {
  const start = Date.UTC(2026, 0, 1);
  const seconds = jobCount / BATCH;
  // Half of the jobs, their ends within blocks.
  const middle = {
    createdFrom: start + Math.floor(seconds * 0.25) * 1000,
    createdBefore: start + Math.floor(seconds * 0.75) * 1000,
  };
  const pages = Math.floor(jobCount / 2 / SIZE);
  const first = (filter: JobFilter, order: JobQuery['order'] = 'Desc') =>
    list({ filter, order, start: { pageNumber: 1 }, size: SIZE });
  const numbered = (filter: JobFilter, pageNumber: number) =>
    list({ filter, order: 'Desc', start: { pageNumber }, size: SIZE });
  const page = await jobs.list(ACCOUNT, {
    filter: {},
    order: 'Asc',
    start: { pageNumber: Math.floor(jobCount / 2 / 100) },
    size: 100,
  });
  const ids = page.jobs.map((text) => (JSON.parse(text) as { JobId: JobId }).JobId);
  let fresh = creationTime(ids[0] ?? ('0'.repeat(32) as JobId));
  return {
    plainFirstPage: await cost(2000, () => first({})),
    timedFirstPageFoundBefore: await cost(2000, () => first(middle)),
    // Each call names another time, so that it is looked for.
    timedFirstPage: await cost(300, () => first({ createdBefore: (fresh -= 1) })),
    timedPageByNumberMiddle: await cost(300, () => numbered(middle, Math.floor(pages / 2))),
    timedPageByNumberLast: await cost(300, () => numbered(middle, pages)),
    timedStatePageByNumberMiddle: await cost(300, () =>
      numbered({ ...middle, state: 'Failed' }, Math.floor(pages / 8)),
    ),
    timedCount: await cost(300, () => jobs.count(ACCOUNT, middle)),
    timedStateCount: await cost(300, () => jobs.count(ACCOUNT, { ...middle, state: 'Failed' })),
    countEach: await cost(1000, () => jobs.countEach(ACCOUNT, {})),
    timedCountEach: await cost(300, () => jobs.countEach(ACCOUNT, middle)),
    hundredIds: await cost(200, () =>
      list({ filter: { ids }, order: 'Desc', start: { pageNumber: 1 }, size: SIZE }),
    ),
    titleCommonFirstPage: await cost(300, () => first({ titleContains: 'recording' })),
    titleAbsentPer100kJobs: Math.round(
      ((await cost(2, () => first({ titleContains: 'absent' }))) * 100_000) / jobCount,
    ),
    titleMedianWait: await medianWait(() => first({ titleContains: 'absent' })),
  };
}

function list(query: JobQuery): Promise<unknown> {
  return jobs.list(ACCOUNT, query);
}

/** Microseconds of processor a call, the best of five rounds: the machine has other work. */
async function cost(calls: number, run: () => Promise<unknown>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const begin = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) await run();
    const { user, system } = process.cpuUsage(begin);
    rounds.push((user + system) / calls);
  }
  return Math.round(Math.min(...rounds) * 10) / 10;
}

/** Microseconds between two turns of the event loop while it runs, the median: how long others wait. */
async function medianWait(run: () => Promise<unknown>): Promise<number> {
  const waits: number[] = [];
  const state = { over: false };
  const watch = async (): Promise<void> => {
    while (!state.over) {
      const begin = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      waits.push((performance.now() - begin) * 1000);
    }
  };
  const watching = watch();
  await run();
  state.over = true;
  await watching;
  return Math.round(waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0);
}

function draft(index: number): JobDraft {
  return {
    type: index % 3 === 0 ? 'TextToSpeech' : 'ASR',
    title: `Recording ${index} of the day`,
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
