import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import SQLite, { type Database, type Statement } from 'better-sqlite3';
import type { AccountId } from '../src/jobs/account.ts';
import { jobFailure } from '../src/jobs/job-failure.ts';
import type { JobId } from '../src/jobs/job-id.ts';
import { JOB_STATES, type JobState } from '../src/jobs/job-state.ts';
import { claimed, failed, finished } from '../src/jobs/job-transitions.ts';
import { JOB_TYPES, type JobType } from '../src/jobs/job-type.ts';
import { listedJob } from '../src/jobs/listed-job.ts';
import { createJob, type CreatedJob, type JobDraft, type SmartJob } from '../src/jobs/smart-job.ts';
import { BLOCK_BITS, matching } from '../src/store/sqlite/job-counters.ts';
import { jobKey } from '../src/store/sqlite/job-key.ts';
import { jobIdBytes } from '../src/store/sqlite/job-rows.ts';
import { openDatabase } from '../src/store/sqlite/open-database.ts';
import { randomNumbers } from './figures.ts';

/*
 * Fills a job database past the store's own writers, at some 30 µs a job where submit, claim and finish take 230:
 * with the rows that they would leave, in the order of creation (the accounts mixed, so pages split as they do in
 * life), every index kept from the first row on. The counters are added up here and written once, then checked
 * against the rows.
 */

/** Has nine of ten jobs; a thousand small accounts share the rest. */
export const LARGE_ACCOUNT = '1000000000000001' as AccountId;
const SMALL_ACCOUNTS = 1000;

const FIRST_JOB_AT = Date.UTC(2026, 0, 1);
/** Milliseconds between two jobs. */
const PACE = 40;
const ROWS_PER_TRANSACTION = 100_000;

/** Of 100 jobs. What is left of 100 are the last of each list. */
const TYPE_SHARES = [55, 15, 10, 20];
const STATE_SHARES = [2, 1, 87, 10];

export type FilledStore = { readonly jobs: number; readonly bytes: number; readonly fillSeconds?: number };

type Filling = {
  readonly id: AccountId;
  readonly number: number;
  sequence: number;
  newest: JobId | undefined;
};

/** @param path of a database that does not exist yet */
export function fillStore(path: string, jobs: number): FilledStore {
  const start = performance.now();
  openDatabase(path).close();
  const db = new SQLite(path);
  try {
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('cache_size = -2000000');
    withoutTriggers(db, () => new Filler(db).fill(jobs));
    checkCounters(db);
  } finally {
    db.close();
  }
  openDatabase(path).close(); // back to the write-ahead log
  return { jobs, bytes: statSync(path).size, fillSeconds: Math.round((performance.now() - start) / 1000) };
}

/** A filled store: the one that the folder of the environment's STORES has or gets, else a new one in `folder`. */
export function storeOf(jobs: number, folder: string): { readonly path: string; readonly figures: FilledStore } {
  const path = join(process.env.STORES ?? folder, `${jobs}.db`);
  if (!existsSync(path)) return { path, figures: fillStore(path, jobs) };
  return { path, figures: { jobs, bytes: statSync(path).size } };
}

class Filler {
  readonly #db: Database;
  readonly #insertJob: Statement;
  readonly #insertResult: Statement;
  readonly #accounts: readonly Filling[];
  /** By `table/row/cell`. */
  readonly #counts = new Map<string, number>();
  readonly #random = randomNumbers(7);

  constructor(db: Database) {
    this.#db = db;
    this.#insertJob = db.prepare(
      'INSERT INTO smart_job (key, job_id, type, state, modified_at, attempts, epoch, worker, lease_until, percent, ' +
        'step, failure_code, failure_message, listed, parameters) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertResult = db.prepare('INSERT INTO job_result (key, ai_result, output) VALUES (?, ?, NULL)');
    this.#accounts = Array.from({ length: 1 + SMALL_ACCOUNTS }, (_, index) => ({
      id: String(Number(LARGE_ACCOUNT) + index) as AccountId,
      number: index + 1,
      sequence: 0,
      newest: undefined,
    }));
  }

  fill(jobs: number): void {
    for (let done = 0; done < jobs; done += ROWS_PER_TRANSACTION) {
      const end = Math.min(jobs, done + ROWS_PER_TRANSACTION);
      this.#db.transaction(() => {
        for (let index = done; index < end; index += 1) this.#add(index);
      })();
    }
    this.#db.transaction(() => this.#writeCounters())();
  }

  #add(index: number): void {
    const small = index % 10 === 9;
    const account = this.#accounts[small ? 1 + (Math.floor(index / 10) % SMALL_ACCOUNTS) : 0];
    if (account === undefined) return;
    const createdAt = FIRST_JOB_AT + index * PACE;
    const type = JOB_TYPES[share(TYPE_SHARES, this.#random())] ?? 'ASR';
    const state = JOB_STATES[share(STATE_SHARES, this.#random())] ?? 'Finished';
    account.newest = jobIdAt(createdAt, this.#random);
    account.sequence += 1;
    const created = createJob(account.id, account.newest, draft(type, index));
    const job = jobIn(state, created, createdAt + 60_000);
    const key = jobKey(account.number, account.sequence);
    this.#insert(key, job);
    this.#count(account.number, key, type, state);
  }

  #insert(key: number, job: SmartJob): void {
    const runs = job.state === 'Executing';
    const failure = job.state === 'Failed' ? job.failure : undefined;
    this.#insertJob.run(
      key,
      jobIdBytes(job.id),
      job.type,
      job.state,
      job.modifiedAt,
      job.attempts,
      job.state === 'Created' ? 0 : 1,
      runs ? 'worker/1' : null,
      runs ? job.modifiedAt + 60_000 : null,
      runs ? job.progress.percent : null,
      runs ? job.progress.step : null,
      failure?.code ?? null,
      failure?.message ?? null,
      JSON.stringify(listedJob(job)),
      JSON.stringify(job.parameters),
    );
    if (job.state === 'Finished') this.#insertResult.run(key, job.result.aiResult);
  }

  #count(accountNumber: number, key: number, type: JobType, state: JobState): void {
    const cell = matching({ type, state });
    this.#raise(`account/${accountNumber}/${cell}`);
    for (const bits of BLOCK_BITS) this.#raise(`block_${bits}/${Math.floor(key / 2 ** bits)}/${cell}`);
  }

  #raise(place: string): void {
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
  }

  #writeCounters(): void {
    const insertAccount = this.#db.prepare(
      'INSERT INTO account (number, id, last_sequence, last_job_id, last_claim) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { number, id, sequence, newest } of this.#accounts) {
      if (newest !== undefined) insertAccount.run(number, id, sequence, jobIdBytes(newest), number);
    }
    for (const [place, count] of this.#counts) {
      const [table = '', row, cell = ''] = place.split('/');
      const id = table === 'account' ? 'number' : 'block';
      if (id === 'block') this.#db.prepare(`INSERT OR IGNORE INTO ${table} (block) VALUES (?)`).run(Number(row));
      this.#db.prepare(`UPDATE ${table} SET ${cell} = ? WHERE ${id} = ?`).run(count, Number(row));
    }
  }
}

/** The triggers guard the order of changes, which a row that is written in its last state does not go through. */
function withoutTriggers(db: Database, run: () => void): void {
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    readonly name: string;
    readonly sql: string;
  }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  run();
  for (const { sql } of triggers) db.exec(sql);
}

/** What the counters say, against the rows themselves. */
function checkCounters(db: Database): void {
  for (const [table, id, divisor] of [
    ['account', 'number', 2 ** 32],
    ...BLOCK_BITS.map((bits) => [`block_${bits}`, 'block', 2 ** bits] as const),
  ] as const) {
    const counted = db
      .prepare(`SELECT key / ${divisor}, type, state, COUNT(*) FROM smart_job GROUP BY 1, 2, 3`)
      .raw()
      .iterate() as Iterable<[number, JobType, JobState, number]>;
    for (const [row, type, state, count] of counted) {
      const kept = `SELECT ${matching({ type, state })} FROM ${table} WHERE ${id} = ?`;
      if (db.prepare(kept).pluck().get(row) !== count)
        throw new Error(`${table} ${row} counts ${type} ${state} wrong.`);
    }
  }
}

function jobIn(state: JobState, created: CreatedJob, now: number): SmartJob {
  if (state === 'Created') return created;
  const executing = claimed(created, now);
  if (state === 'Executing') return executing;
  if (state === 'Failed') return failed(executing, jobFailure('NoValidVocal', 'No human voice was found.'), now);
  return finished(executing, { output: RESULT, aiResult: RESULT }, now);
}

const RESULT = JSON.stringify([{ content: 'Good morning and welcome to the meeting.', from: 0.4, to: 2.9 }]);

/** A listed job of 600 to 800 bytes. */
export function draft(type: JobType, index: number): JobDraft {
  return {
    type,
    title: `Recording ${index} of the ${index % 2 === 0 ? 'morning' : 'evening'}`,
    description: index % 3 === 0 ? '' : 'Weekly planning, north and south, with minutes to be written afterwards.',
    userData: `{"order":${index},"notify":"https://hooks.example.com/recordings/${index % 97}"}`,
    editingConfig: '{"SentenceMaxLength":20,"EnableSemanticSentenceDetection":true,"Language":"en"}',
    inputFile: `oss://recordings-shanghai/2026/01/02/room-${index % 61}/meeting-${index}.mp4`,
    keyword: '',
    outputBucket: '',
    outputObject: '',
    parameters: { StartTime: '00:00:00', Duration: '01:00:00' },
  };
}

/** Of the same form as the store's own, from numbers that are the same at every run. */
function jobIdAt(time: number, random: () => number): JobId {
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${time.toString(16).padStart(12, '0')}7${hex(3)}8${hex(7)}${hex(8)}` as JobId;
}

function share(shares: readonly number[], random: number): number {
  let left = random * 100;
  const found = shares.findIndex((part) => (left -= part) < 0);
  return found < 0 ? shares.length - 1 : found;
}
