import SQLite from 'better-sqlite3';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Credentials } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';
import { launch, type DoomedServer, type LogLine } from '../support/doomed-server.ts';
import { Ledger } from './ledger.ts';
import { arrive, momentOf, MOMENTS } from './moments.ts';
import { RestlessClient, type Page } from './restless-client.ts';

const IN_CI = 50;
const KILLS = Number(process.env.KILLS ?? IN_CI);
const CLIENTS = 16;
const SLOTS = '4';
const SPOKEN = new URL('../../assets/speech/sense_and_sensibility_01_austen_64kb-0880.wav', import.meta.url);
const RESULT = fileURLToPath(new URL('../../bench/results/kill-nine.json', import.meta.url));

let dataDir: string;
let speechServer: Server;
let env: Record<string, string>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'smartjobs-kill-'));
  speechServer = createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ text: 'he might' })));
  });
  await new Promise<void>((resolve) => speechServer.listen(0, '127.0.0.1', resolve));
  const { port } = speechServer.address() as AddressInfo;
  env = { SMARTJOBS_WORKERS: SLOTS, SMARTJOBS_ASR_URL: `http://127.0.0.1:${port}` };
});
afterAll(async () => {
  speechServer.closeAllConnections();
  speechServer.close();
  await rm(dataDir, { recursive: true, force: true });
});

const ledger = new Ledger();
const clients = Array.from({ length: CLIENTS }, (_, index) => new RestlessClient(`client ${index}`, ledger));
const faults = new Map<string, number>();

function read({ level, msg, jobId, end }: LogLine): void {
  if (jobId !== undefined && (end === 'finished' || end === 'failed')) ledger.endLogged(jobId);
  if (level >= 50) faults.set(msg, (faults.get(msg) ?? 0) + 1);
}

/** One second of the recording: what a run of it costs is the starting of its programs. */
async function addSpeech(): Promise<void> {
  const wav = await readFile(SPOKEN);
  const second = Buffer.concat([wav.subarray(0, 44), wav.subarray(44 + 16_000, 44 + 48_000)]);
  second.writeUInt32LE(32_000, 40);
  second.writeUInt32LE(32_036, 4);
  await mkdir(join(dataDir, 'objects', 'samples'), { recursive: true });
  await writeFile(join(dataDir, 'objects', 'samples', 'clip.wav'), second);
}

async function round(kill: number): Promise<void> {
  const moment = momentOf(kill);
  const server = launch(dataDir, env, read);
  if (moment === 'start-up') {
    await arrive(moment, server, dataDir);
    server.child.kill('SIGKILL');
    await server.ended;
    return;
  }
  const to = await reached(server);
  const working = clients.map((client) => client.run(to));
  await arrive(moment, server, dataDir);
  server.child.kill('SIGKILL');
  await Promise.all([server.ended, ...working]);
}

async function reached(server: DoomedServer): Promise<Credentials> {
  const to = await server.ready;
  if (to === undefined) throw new Error(`the server did not start after a kill:\n${server.stderr()}`);
  return to;
}

async function walk(to: Credentials): Promise<Page['SmartJobList'][number][]> {
  const jobs: Page['SmartJobList'][number][] = [];
  let NextToken = '';
  do {
    const page = json(await rawCall(to, 'ListSmartJobs', { MaxResults: '100', NextToken })) as unknown as Page;
    jobs.push(...page.SmartJobList);
    NextToken = page.NextToken;
  } while (NextToken !== '');
  return jobs;
}

async function counted(to: Credentials, JobState: string): Promise<number> {
  const page = await rawCall(to, 'ListSmartJobs', { JobState, PageNo: '1', PageSize: '1' });
  return Number((json(page) as unknown as Page).TotalCount);
}

async function untilAllEnded(to: Credentials): Promise<void> {
  while ((await counted(to, 'Created')) + (await counted(to, 'Executing')) > 0) await pause(100);
}

function tallyOf(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(values)].map((one) => [one, values.filter((v) => v === one).length]));
}

test(
  `a server killed ${KILLS} times, with ${CLIENTS} clients at work, keeps every promise that it answered`,
  async () => {
    const startedAt = Date.now();
    const first = launch(dataDir, env, read);
    await reached(first);
    await addSpeech();
    first.child.kill('SIGKILL');
    await first.ended;
    for (let kill = 1; kill < KILLS; kill += 1) await round(kill);

    const killedFor = Date.now() - startedAt;
    const server = launch(dataDir, env, read);
    const to = await reached(server);
    await untilAllEnded(to);
    const listed = await walk(to);
    ledger.settle(listed);
    const marks = listed.map(({ UserData }) => UserData);
    const states = tallyOf(listed.map(({ JobState }) => JobState));
    const counts = { Finished: await counted(to, 'Finished'), Failed: await counted(to, 'Failed') };
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);

    const moments = tallyOf(['working', ...Array.from({ length: KILLS - 1 }, (_, kill) => momentOf(kill + 1))]);
    const seconds = Math.round(killedFor / 1000);
    const figures = { kills: KILLS, clients: CLIENTS, slots: Number(SLOTS), moments, seconds, ...ledger.tally };
    console.log(JSON.stringify({ ...figures, listed: listed.length, states, faults: Object.fromEntries(faults) }));
    expect(ledger.problems).toEqual([]);
    expect(Object.keys(moments).length).toBe(MOMENTS.length);
    expect(new Set(marks).size).toBe(marks.length);
    expect(states).toEqual(counts);
    expect(counts.Finished).toBeGreaterThan(0);
    expect(ledger.tally.seenEnded).toBeGreaterThan(KILLS);
    expect(ledger.tally.repeated).toBeGreaterThan(0);
    expect(Object.fromEntries(faults)).toEqual({});
    expect(checkDatabase()).toEqual({ integrity: 'ok', orphans: [] });
    if (KILLS > IN_CI) await save({ ...figures, listed: listed.length, states });
  },
  120_000 + KILLS * 4_000,
);

function checkDatabase(): object {
  const db = new SQLite(join(dataDir, 'smartjobs.db'), { readonly: true });
  const integrity = db.pragma('integrity_check', { simple: true });
  const orphans = db.pragma('foreign_key_check');
  db.close();
  return { integrity, orphans };
}

async function save(figures: object): Promise<void> {
  const measuredAt = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cores: availableParallelism() };
  const result = { measuredAt, ...machine, ...figures, lost: 0, listedTwice: 0, stuck: 0, endedTwice: 0 };
  await writeFile(RESULT, `${JSON.stringify(result, null, 2)}\n`);
}
