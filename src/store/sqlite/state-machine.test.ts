import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canBecome, JOB_STATES, type JobState } from '../../jobs/job-state.ts';
import { temporaryDatabase } from './test-database.ts';

/** The columns that belong to each state, beside those that every job has. */
const STATE_COLUMNS: Record<JobState, Record<string, number | string>> = {
  Created: {},
  Executing: { worker: 'w', lease_until: 1, percent: 0, step: '', attempts: 1, epoch: 1 },
  Finished: {},
  Failed: { failure_code: 'NoAudioTrack', failure_message: 'No audio.' },
};

const ALL_COLUMNS = ['worker', 'lease_until', 'percent', 'step', 'failure_code', 'failure_message'];

const PATHS: Record<JobState, readonly JobState[]> = {
  Created: [],
  Executing: ['Executing'],
  Finished: ['Executing', 'Finished'],
  Failed: ['Failed'],
};

let db: Database;
let remove: () => void;
beforeEach(() => {
  ({ db, remove } = temporaryDatabase());
  db.exec(
    "INSERT INTO smart_job (key, job_id, type, state, modified_at, listed, parameters) VALUES (1, zeroblob(16), 'ASR', " +
      "'Created', 1, '{}', '{}')",
  );
});
afterEach(() => remove());

function become(state: JobState, columns: Record<string, number | string> = STATE_COLUMNS[state]): void {
  if (state === 'Finished') db.exec("INSERT OR IGNORE INTO job_result (key, ai_result) VALUES (1, '[]')");
  const cleared = Object.fromEntries(ALL_COLUMNS.map((name) => [name, null]));
  const all: Record<string, number | string | null> = { state, attempts: 1, epoch: 1, ...cleared, ...columns };
  const assignments = Object.keys(all).map((name) => `${name} = @${name}`);
  db.prepare(`UPDATE smart_job SET ${assignments.join(', ')} WHERE key = 1`).run(all);
}

function stateNow(): unknown {
  return db.prepare('SELECT state FROM smart_job').pluck().get();
}

const EDGES = JOB_STATES.flatMap((from) => JOB_STATES.map((to) => ({ from, to, allowed: canBecome(from, to) })));

describe('the schema', () => {
  test.each(EDGES)('has the edges of the state machine: $from to $to: $allowed', ({ from, to, allowed }) => {
    for (const step of PATHS[from]) become(step);
    expect(stateNow()).toBe(from);
    const attempt = (): void => become(to);
    if (allowed) {
      attempt();
      // oxlint-disable-next-line vitest/no-conditional-expect -- one test for each edge, allowed or not
      expect(stateNow()).toBe(to);
    } else {
      // oxlint-disable-next-line vitest/no-conditional-expect -- as above
      expect(attempt).toThrow('the state of a job cannot change this way');
    }
  });

  test('begins every job as Created', () => {
    const insert =
      "INSERT INTO smart_job SELECT 2, randomblob(16), type, 'Failed', 1, 0, 0, NULL, NULL, NULL, NULL, 'x', 'y', '', '' FROM smart_job";
    expect(() => db.exec(insert)).toThrow('a job begins as Created');
  });

  test.each<[string, JobState, Record<string, number | string>]>([
    ['an executing job without a lease', 'Executing', { worker: 'w', percent: 0, step: '' }],
    ['an executing job without a worker', 'Executing', { lease_until: 1, percent: 0, step: '' }],
    ['an executing job without progress', 'Executing', { worker: 'w', lease_until: 1, step: '' }],
    ['an executing job that was never claimed', 'Executing', { ...STATE_COLUMNS.Executing, attempts: 0 }],
    ['a percentage above 100', 'Executing', { ...STATE_COLUMNS.Executing, percent: 101 }],
    ['a percentage below 0', 'Executing', { ...STATE_COLUMNS.Executing, percent: -1 }],
    ['more attempts than claims', 'Executing', { ...STATE_COLUMNS.Executing, attempts: 2 }],
    ['a failed job without a code', 'Failed', { failure_message: 'x' }],
    ['a failed job without a message', 'Failed', { failure_code: 'x' }],
    ['a failed job with a lease', 'Failed', { ...STATE_COLUMNS.Failed, lease_until: 1 }],
    ['a failed job with progress', 'Failed', { ...STATE_COLUMNS.Failed, percent: 1 }],
  ])('refuses %s', (_, to, columns) => {
    expect(() => become(to, columns)).toThrow('CHECK constraint failed');
    expect(stateNow()).toBe('Created');
  });

  test('refuses a finished job without a result', () => {
    become('Executing');
    const finish =
      "UPDATE smart_job SET state = 'Finished', worker = NULL, lease_until = NULL, percent = NULL, step = NULL";
    expect(() => db.exec(finish)).toThrow('a job without a result cannot be Finished');
  });

  test('refuses an epoch that falls', () => {
    become('Executing', { ...STATE_COLUMNS.Executing, epoch: 5 });
    expect(() => db.exec('UPDATE smart_job SET epoch = 4')).toThrow('the epoch of a job never falls');
  });

  test('refuses types and states that do not exist', () => {
    expect(() => db.exec("UPDATE smart_job SET type = 'Other'")).toThrow('CHECK constraint failed');
    expect(() => db.exec("UPDATE smart_job SET state = 'Other'")).toThrow('cannot change this way');
  });

  test('removes the result with its job', () => {
    become('Executing');
    become('Finished');
    db.exec('DELETE FROM smart_job');
    expect(db.prepare('SELECT count(*) FROM job_result').pluck().get()).toBe(0);
  });
});
