import { SqliteError } from 'better-sqlite3';
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { jobFailure } from '../../src/jobs/job-failure.ts';
import type { JobId } from '../../src/jobs/job-id.ts';
import type { JobPage } from '../../src/jobs/job-query.ts';
import { StoreUnavailable } from '../../src/jobs/store-unavailable.ts';
import { UnusableDatabase } from '../../src/store/sqlite/migrations.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';

const ACCOUNT = '1084506228123456' as AccountId;
const JOBS = 100;
/** Of each kind of damage. */
const TRIALS = Number(process.env.TRIALS ?? 25);
const PAGE = 4096;
const SECTOR = 512;

let folder: string;
/** The database as a server left it that was stopped. */
let whole: Buffer;
const ids: JobId[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smartjobs-damage-'));
  const path = join(folder, 'made.db');
  const store = open(path);
  for (let n = 0; n < JOBS; n += 1) ids.push(await submitOne(store, n));
  for (let n = 0; n < JOBS / 4; n += 1) await endOne(store, n);
  await store.close();
  whole = readFileSync(path);
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(path: string): SqliteStore {
  return openSqliteStore({
    path,
    clock: systemClock,
    seal: { seal: String, open: String },
    mayBeEmpty: !existsSync(path),
  });
}

async function submitOne(store: SqliteStore, n: number): Promise<JobId> {
  const job = await store.jobs.submit(ACCOUNT, {
    type: 'ASR',
    title: `job ${n}`,
    description: '',
    userData: 'd'.repeat(n),
    editingConfig: '',
    inputFile: 'oss://bucket/a.wav',
    keyword: '',
    outputBucket: '',
    outputObject: '',
    parameters: {},
  });
  return job.id;
}

async function endOne(store: SqliteStore, n: number): Promise<void> {
  const claimed = await store.jobs.claim('worker', 60_000);
  if (claimed === undefined) return;
  const aiResult = JSON.stringify('r'.repeat(n * 40));
  if (n % 2 === 0) await store.jobs.finish(claimed.lease, { aiResult, output: aiResult });
  else await store.jobs.fail(claimed.lease, jobFailure('InternalError', 'm'));
}

/** What a server does all day, each by itself: what came out, as text. */
async function useAll({ jobs, facts }: SqliteStore): Promise<string[]> {
  const page = (start: Parameters<typeof jobs.list>[1]['start'], order: 'Asc' | 'Desc'): Promise<JobPage> =>
    jobs.list(ACCOUNT, { filter: {}, order, start, size: 100 });
  const calls: (() => Promise<unknown>)[] = [
    () => page({ pageNumber: 1 }, 'Desc'),
    () => page({ pageNumber: 2 }, 'Desc'),
    () => page({ pageNumber: 1 }, 'Asc'),
    () => jobs.list(ACCOUNT, { filter: { state: 'Finished' }, order: 'Asc', start: { pageNumber: 1 }, size: 100 }),
    () => jobs.count(ACCOUNT, { state: 'Failed' }),
    ...ids.slice(0, 60).map((id) => () => jobs.get(ACCOUNT, id)),
    () => submitOne({ jobs } as SqliteStore, 1),
    () => endOne({ jobs } as SqliteStore, 2),
    () => endOne({ jobs } as SqliteStore, 3),
    () => jobs.retry(ACCOUNT, ids[1] as JobId),
    () => jobs.delete(ACCOUNT, ids.slice(0, 20)),
    async () => facts.get('account-id'),
  ];
  const outcomes: string[] = [];
  for (const call of calls) outcomes.push(await call().then(() => 'done', kindOf));
  return outcomes;
}

function kindOf(error: unknown): string {
  if (error instanceof StoreUnavailable) return 'StoreUnavailable';
  if (error instanceof UnusableDatabase) return 'UnusableDatabase';
  if (error instanceof SqliteError) return error.code;
  return `fault: ${String((error as Error).stack)}`;
}

async function outcomesOf(path: string): Promise<string[]> {
  try {
    const store = open(path);
    const outcomes = await useAll(store);
    await store.close();
    return outcomes;
  } catch (error) {
    return [kindOf(error)];
  }
}

const DAMAGES: Record<string, (bytes: Buffer, at: number) => Buffer> = {
  'one bit': (bytes, at) => {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    return bytes;
  },
  'one bit of the first pages': (bytes, at) => {
    bytes[at % (3 * PAGE)] = (bytes[at % (3 * PAGE)] ?? 0) ^ (1 << (at % 8));
    return bytes;
  },
  'one bit of the header': (bytes, at) => {
    bytes[at % 100] = (bytes[at % 100] ?? 0) ^ (1 << (at % 8));
    return bytes;
  },
  '16 random bytes': (bytes, at) => {
    randomBytes(16).copy(bytes, at);
    return bytes;
  },
  'a lost sector': (bytes, at) => bytes.fill(0, at - (at % SECTOR), at - (at % SECTOR) + SECTOR),
  'a page in the place of another': (bytes, at) => {
    bytes.copy(bytes, at - (at % PAGE), PAGE * (at % 7), PAGE * (at % 7) + PAGE);
    return bytes;
  },
  'bytes everywhere': (bytes) => {
    for (let n = 0; n < 40; n += 1) randomBytes(1).copy(bytes, randomInt(bytes.length));
    return bytes;
  },
  'an end cut off': (bytes, at) => bytes.subarray(0, at),
};

/** All that may come of it. A row that contradicts another one is answered as InternalError. */
const EXPECTED = /^(done|StoreUnavailable|UnusableDatabase|SQLITE_CONSTRAINT_[A-Z]+)$/;

describe('a damaged database', () => {
  test.each(Object.keys(DAMAGES))('with %s is refused, or answers with what it says of itself', async (kind) => {
    const seen = new Map<string, string>();
    for (let n = 0; n < TRIALS; n += 1) {
      const path = join(folder, `damaged-${n}.db`);
      const at = randomInt(whole.length);
      writeFileSync(path, DAMAGES[kind]?.(Buffer.from(whole), at) ?? whole);
      for (const outcome of await outcomesOf(path)) seen.set(outcome, `at byte ${at}`);
      for (const end of ['', '-wal', '-shm', '.lock', '.lock-journal']) rmSync(path + end, { force: true });
    }
    expect([...seen].filter(([outcome]) => !EXPECTED.test(outcome))).toEqual([]);
  });

  test('that is whole answers everything', async () => {
    const path = join(folder, 'whole.db');
    writeFileSync(path, whole);
    expect(new Set(await outcomesOf(path))).toEqual(new Set(['done']));
  });
});
