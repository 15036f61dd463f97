import SQLite from 'better-sqlite3';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLog, refuseDamagedLog } from '../../src/store/sqlite/damaged-log.ts';
import type { Credentials } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';
import { launch, type DoomedServer } from '../support/doomed-server.ts';

const COPIES = Number(process.env.COPIES ?? 25);
const CUTS_OF_EACH = 4;
const CLIENTS = 16;
/** SQLite begins to copy the log into the database when it has so many frames, all of them synced before. */
const CHECKPOINT_FRAMES = 1_000;

let folder: string;
let server: DoomedServer;
let to: Credentials;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smartjobs-power-'));
  server = launch(join(folder, 'data'), { SMARTJOBS_WORKERS: '2' }, () => undefined);
  const ready = await server.ready;
  if (ready === undefined) throw new Error(server.stderr());
  to = ready;
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  rmSync(folder, { recursive: true });
});

async function submitUntil(done: () => boolean, answered: string[]): Promise<void> {
  while (!done()) {
    const answer = await rawCall(to, 'SubmitASRJob', { InputFile: 'oss://samples/missing.wav' });
    answered.push(json(answer).JobId as string);
  }
}

/** A signal takes effect a moment later. */
async function halt({ child }: DoomedServer): Promise<void> {
  child.kill('SIGSTOP');
  while (!readFileSync(`/proc/${child.pid}/stat`, 'utf8').includes(') T ')) await pause(1);
}

/** Both files as they are at one moment: nothing is written while the process is halted. */
function copyFiles(name: string): string {
  const path = join(folder, name);
  for (const end of ['', '-wal']) copyFileSync(join(folder, 'data', `smartjobs.db${end}`), path + end);
  return path;
}

/**
 * A length that a power cut may leave. What was synced stays; so where the log was copied into the database already,
 * which is done with synced frames only, no readable frame may go.
 */
function cut(path: string): void {
  const { readableBytes, frames } = readLog(readFileSync(`${path}-wal`));
  const size = readFileSync(`${path}-wal`).length;
  const shortest = frames < CHECKPOINT_FRAMES ? 0 : readableBytes;
  truncateSync(`${path}-wal`, randomInt(shortest, size + 1));
}

function open(path: string): { ids: Set<string>; integrity: unknown } {
  refuseDamagedLog(path);
  const db = new SQLite(path);
  const integrity = db.pragma('integrity_check', { simple: true });
  const hasJobs = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'smart_job'").get() !== undefined;
  const ids = hasJobs ? db.prepare('SELECT lower(hex(job_id)) FROM smart_job').pluck().all() : [];
  db.close();
  return { ids: new Set(ids as string[]), integrity };
}

test(`files copied ${COPIES} times while ${CLIENTS} clients submit open whole, with every job answered before`, async () => {
  const answered: string[] = [];
  let done = false;
  const clients = Array.from({ length: CLIENTS }, () => submitUntil(() => done, answered));
  const copies: { path: string; before: string[] }[] = [];
  for (let n = 0; n < COPIES; n += 1) {
    const enough = answered.length + randomInt(1, 50);
    while (answered.length < enough) await pause(1);
    await halt(server);
    const before = [...answered];
    copies.push({ path: copyFiles(`copy-${n}`), before });
    for (let c = 0; c < CUTS_OF_EACH; c += 1) copyFiles(`copy-${n}-${c}`);
    server.child.kill('SIGCONT');
  }
  done = true;
  await Promise.all(clients);

  for (const { path, before } of copies) {
    for (let c = 0; c < CUTS_OF_EACH; c += 1) {
      cut(`${path}-${c}`);
      expect(open(`${path}-${c}`).integrity).toBe('ok');
    }
    const { ids, integrity } = open(path);
    expect(integrity).toBe('ok');
    expect(before.filter((id) => !ids.has(id))).toEqual([]);
  }
  const last = copies.at(-1)?.before.length ?? 0;
  expect(last).toBeGreaterThan(COPIES);
  console.log(`${COPIES} copies, ${COPIES * CUTS_OF_EACH} cut ones, up to ${last} jobs in them`);
}, 120_000);
