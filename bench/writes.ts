import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { systemClock } from '../src/base/clock.ts';
import type { JobStore } from '../src/jobs/job-store.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { draft, LARGE_ACCOUNT } from './fill-store.ts';
import { machine, median, rounded, saveResult } from './figures.ts';
import { startServer } from './measured-server.ts';
import { targetV1 } from './signed-requests.ts';

/*
 * Submits and claims a second, each of them synced to the disk before it is answered: with 1, 16 and 64 clients that
 * wait for one answer before they ask for the next; with group commit, and, in the store, without it (each write in a
 * turn of the event loop of its own).
 *
 * Usage: npm run build && npx tsx bench/writes.ts
 * Environment: ROUNDS (5), SECONDS (2)
 */

const CLIENTS = [1, 16, 64];
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = Number(process.env.SECONDS ?? 2);
const KEY = { id: 'bench-access-key', secret: 'bench-access-key-secret' };
const SMARTJOBS = fileURLToPath(new URL('../bin/smartjobs.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'smartjobs-bench-'));
try {
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const seal = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal });
  const server = await startServer('smartjobs', [SMARTJOBS, 'serve'], {
    SMARTJOBS_DATA_DIR: join(folder, 'data'),
    SMARTJOBS_PORT: '0',
    SMARTJOBS_OBJECTS_PORT: '0',
    SMARTJOBS_WORKERS: '0',
    SMARTJOBS_ROOT_ACCESS_KEY_ID: KEY.id,
    SMARTJOBS_ROOT_ACCESS_KEY_SECRET: KEY.secret,
  });
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const figures: Record<string, number> = {};
    for (const clients of CLIENTS) {
      Object.assign(figures, await storeFigures(store.jobs, clients));
      figures[`submit, HTTP, ${clients} clients`] = await submitsOverHttp(
        `http://127.0.0.1:${server.port}`,
        clients,
      );
    }
    rounds.push(figures);
    console.log(`round ${round + 1}`, JSON.stringify(figures));
  }
  await server.stop();
  await store.close();
  const names = Object.keys(rounds[0] ?? {});
  const medians = Object.fromEntries(
    names.map((name) => [name, rounded(median(rounds.map((round) => round[name] ?? 0)), 0)]),
  );
  console.table(medians);
  saveResult('writes', {
    ...machine(),
    rounds: ROUNDS,
    secondsEach: SECONDS,
    perSecond: medians,
    allRounds: rounds,
  });
}

async function storeFigures(jobs: JobStore, clients: number): Promise<Record<string, number>> {
  const submit = (index: number): Promise<unknown> => jobs.submit(LARGE_ACCOUNT, draft('ASR', index));
  const claim = async (): Promise<void> => {
    if ((await jobs.claim('bench', 3_600_000)) === undefined) throw new Error('Too few jobs to claim.');
  };
  return {
    [`submit, store, ${clients} clients`]: await perSecond(clients, submit),
    [`submit, store, ${clients} clients, no group commit`]: await perSecond(clients, inTurnsOfTheirOwn(submit)),
    [`claim, store, ${clients} clients`]: await claims(jobs, clients, claim),
    [`claim, store, ${clients} clients, no group commit`]: await claims(jobs, clients, inTurnsOfTheirOwn(claim)),
  };
}

/** Claims need jobs that wait: as many as can be claimed in the time are submitted first. */
async function claims(
  jobs: JobStore,
  clients: number,
  claim: (index: number) => Promise<unknown>,
): Promise<number> {
  const most = 15_000 * SECONDS;
  const waiting = await jobs.count(LARGE_ACCOUNT, { state: 'Created' });
  for (let made = waiting; made < most; made += 500) {
    await Promise.all(Array.from({ length: 500 }, (_, index) => jobs.submit(LARGE_ACCOUNT, draft('ASR', index))));
  }
  return perSecond(clients, claim);
}

/** One at a time, each asked for when the turn of the one before is over: a commit and a sync for each. */
function inTurnsOfTheirOwn(write: (index: number) => Promise<unknown>): (index: number) => Promise<unknown> {
  let before: Promise<unknown> = Promise.resolve();
  return (index) => {
    const mine = before.then(async () => {
      const written = await write(index);
      await endOfTurn();
      return written;
    });
    before = mine;
    return mine;
  };
}

async function submitsOverHttp(endpoint: string, clients: number): Promise<number> {
  const pool = new Pool(endpoint, { connections: clients, pipelining: 1 });
  const host = new URL(endpoint).host;
  const figure = await perSecond(clients, async (index) => {
    const { title, inputFile, userData } = draft('ASR', index);
    const parameters = { Action: 'SubmitASRJob', Title: title, InputFile: inputFile, UserData: userData };
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path: targetV1(KEY, parameters),
      headers: { host },
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(text);
  });
  await pool.close();
  return figure;
}

async function perSecond(clients: number, write: (index: number) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const end = start + SECONDS * 1000;
  let done = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      await write(done);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return rounded((done * 1000) / (performance.now() - start), 0);
}
