import SQLite from 'better-sqlite3';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { ALICE, draft } from '../contract/sample-jobs.ts';
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts';
import { temporaryFolder } from './test-database.ts';

let path: string;
let remove: () => void;
beforeEach(() => {
  const { folder, remove: removeFolder } = temporaryFolder();
  path = join(folder, 'jobs.db');
  remove = removeFolder;
});
afterEach(() => remove());

function open(): SqliteStore {
  return openSqliteStore({ path, clock: systemClock, seal: { seal: String, open: String } });
}

/** A process that holds the lock as a server does, until it is killed. */
async function startHolder(): Promise<ChildProcess> {
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  const script =
    "const SQLite = require(process.argv[1]); new SQLite(process.argv[2]).exec('BEGIN EXCLUSIVE'); " +
    "console.log('held'); setInterval(() => {}, 1000)";
  const holder = spawn(process.execPath, ['-e', script, library, `${path}.lock`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return holder;
}

describe('a data directory', () => {
  test('serves one server at a time', async () => {
    const first = open();
    expect(open).toThrow(`${path} is in use by another smartjobs server.`);
    await first.close();
    await open().close();
  });

  test('is free again as soon as its server is killed', async () => {
    const holder = await startHolder();
    expect(open).toThrow('in use by another smartjobs server');
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    await open().close();
  });

  test('is free again after an open that failed', async () => {
    const db = new SQLite(path);
    db.exec('CREATE TABLE other (a)');
    db.close();
    expect(open).toThrow('is not a database of smartjobs');
    expect(open).toThrow('is not a database of smartjobs');
  });

  test('lets others read, for a backup', async () => {
    const store = open();
    const { id } = await store.jobs.submit(ALICE, draft());
    const reader = new SQLite(path, { readonly: true });
    expect(reader.prepare('SELECT lower(hex(job_id)) FROM smart_job').pluck().all()).toEqual([id]);
    reader.close();
    await store.close();
  });

  test('gives up the leases of the server before it: nobody of it is left to hold one', async () => {
    const first = open();
    const { id } = await first.jobs.submit(ALICE, draft());
    await first.jobs.claim('worker-1', 3_600_000);
    await first.close();
    const second = open();
    await expect(second.jobs.claim('worker-1', 1000)).resolves.toMatchObject({ job: { id, attempts: 2 } });
    await second.close();
  });
});
