import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillStore, LARGE_ACCOUNT } from './fill-store.ts';
import { machine, median, rounded, saveResult } from './figures.ts';
import { bullmqRequests, countServiceRequests, parameters, questions, signedRequests } from './list-workload.ts';
import { load, needPrograms, startRedis, startServer, type Load, type MeasuredServer } from './measured-server.ts';
import { fillBullmq } from './rivals/fill-bullmq.ts';
import { fillCountService } from './rivals/fill-count-service.ts';
import { requestV1 } from './signed-requests.ts';

/*
 * Signed ListSmartJobs against three other servers, in one interleaved run: every round asks each of them in turn,
 * and the ratios are taken within the round. Needs Redis and wrk; see docs/benchmarks.md.
 *
 * Usage: npm run build && npx tsx bench/signed-list.ts
 * Environment: JOBS (1000000), ROUNDS (9), SECONDS (4), ONLY=smartjobs,bare (some of the servers, nothing saved)
 */

const JOBS = Number(process.env.JOBS ?? 1_000_000);
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const SECONDS = Number(process.env.SECONDS ?? 4);
const ONLY = process.env.ONLY?.split(',');
/** A second of load at most; more than the server can answer, for each request is good once. */
const SIGNED_PER_SECOND = 12_000;

const KEY = { id: 'bench-access-key', secret: 'bench-access-key-secret' };
const SMARTJOBS = fileURLToPath(new URL('../bin/smartjobs.js', import.meta.url));

type Subject = {
  readonly server: MeasuredServer;
  /** Writes the requests of a round to the file. */
  readonly prepare: (file: string) => void;
};

needPrograms({ taskset: 'util-linux', wrk: 'wrk', 'redis-server': 'redis-server' });
const folder = mkdtempSync(join(tmpdir(), 'smartjobs-bench-'));
const stops: (() => Promise<void>)[] = [];
try {
  await run();
} finally {
  for (const stop of stops.toReversed()) await stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const subjects = (await start()).filter(({ server }) => ONLY?.includes(server.name) ?? true);
  const rounds: Record<string, Load>[] = [];
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    const loads: Record<string, Load> = {};
    for (const { server, prepare } of subjects) {
      const file = join(folder, 'requests');
      prepare(file);
      loads[server.name] = await load(server, file, round === 0 ? 2 : SECONDS);
    }
    // The first round warms everything up.
    if (round > 0) rounds.push(loads);
    console.log(round === 0 ? 'warm-up' : `round ${round}`, JSON.stringify(loads));
  }
  const result = {
    ...machine(),
    jobs: JOBS,
    rounds: ROUNDS,
    secondsEach: SECONDS,
    medians: Object.fromEntries(subjects.map(({ server: { name } }) => [name, medians(rounds, name)])),
    smartjobsAgainst: Object.fromEntries(
      subjects.slice(1).map(({ server: { name } }) => [name, ratios(rounds, name)]),
    ),
    allRounds: rounds,
  };
  console.table(result.medians);
  console.table(result.smartjobsAgainst);
  if (ONLY === undefined) saveResult('signed-list', result);
}

async function start(): Promise<Subject[]> {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const storePath = join(dataDir, 'smartjobs.db');
  // Its first start makes keys and schema.
  await (await startServer('smartjobs', [SMARTJOBS, 'serve'], settings(dataDir))).stop();
  fillStore(storePath, JOBS);
  const wanted = (name: string): boolean => ONLY?.includes(name) ?? true;
  const ours = await startOurs(dataDir);
  const others = [await startBare(ours)];
  if (wanted('countService')) others.push(await startCountService(ours, storePath));
  if (wanted('bullmq')) others.push(await startBullmq(ours, storePath));
  return [...ours.subjects, ...others];
}

function settings(dataDir: string): Record<string, string> {
  return {
    SMARTJOBS_DATA_DIR: dataDir,
    SMARTJOBS_PORT: '0',
    SMARTJOBS_OBJECTS_PORT: '0',
    SMARTJOBS_WORKERS: '0',
    SMARTJOBS_ACCOUNT_ID: LARGE_ACCOUNT,
    SMARTJOBS_ROOT_ACCESS_KEY_ID: KEY.id,
    SMARTJOBS_ROOT_ACCESS_KEY_SECRET: KEY.secret,
  };
}

type Ours = {
  readonly host: string;
  readonly asked: Awaited<ReturnType<typeof questions>>;
  readonly subjects: readonly Subject[];
};

async function startOurs(dataDir: string): Promise<Ours> {
  const server = await started('smartjobs', [SMARTJOBS, 'serve'], settings(dataDir));
  const host = `127.0.0.1:${server.port}`;
  const asked = await questions(async (question) => {
    const before = { ...question, page: question.page - 1 };
    const answer = await ask(host, parameters(before, 'number'));
    return (JSON.parse(answer.body) as { NextToken: string }).NextToken;
  });
  const subject = (name: string, by: 'token' | 'number'): Subject => ({
    server: { ...server, name },
    prepare: (file) =>
      write(file, signedRequests(asked, { count: SIGNED_PER_SECOND * SECONDS, key: KEY, host, by })),
  });
  return { host, asked, subjects: [subject('smartjobs', 'token'), subject('smartjobsByNumber', 'number')] };
}

async function startBare({ host, asked }: Ours): Promise<Subject> {
  const answers = [];
  for (const question of asked) answers.push(await ask(host, parameters(question, 'token')));
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  const server = await started('bare', tsx('rivals/bare-server.ts', file));
  // The very requests that ours gets: reading their heads is a part of the floor.
  const signed = signedRequests(asked, { count: 20_000, key: KEY, host, by: 'token' });
  return { server, prepare: (requestFile) => write(requestFile, signed) };
}

async function startCountService({ host, asked }: Ours, storePath: string): Promise<Subject> {
  const path = join(folder, 'count-service.db');
  fillCountService(storePath, path);
  const server = await started('countService', tsx('rivals/count-service.ts', path));
  return { server, prepare: (file) => write(file, countServiceRequests(asked, host, LARGE_ACCOUNT)) };
}

async function startBullmq({ host, asked }: Ours, storePath: string): Promise<Subject> {
  const port = await freePort();
  const redis = await startRedis(port);
  stops.push(() => redis.stop());
  console.log(`BullMQ has ${await fillBullmq(storePath, LARGE_ACCOUNT, port)} jobs`);
  const node = await started('bullmq', tsx('rivals/bullmq-service.ts', String(port)));
  const server = { ...node, pids: [...node.pids, redis.pid] };
  return { server, prepare: (file) => write(file, bullmqRequests(asked, host)) };
}

async function started(...parts: Parameters<typeof startServer>): Promise<MeasuredServer> {
  const server = await startServer(...parts);
  stops.push(() => server.stop());
  return server;
}

function tsx(file: string, ...args: string[]): string[] {
  return ['--import', 'tsx', fileURLToPath(new URL(file, import.meta.url)), ...args];
}

/** Asks ours once. */
async function ask(
  host: string,
  given: Record<string, string>,
): Promise<{ headers: Record<string, string>; body: string }> {
  const target = requestV1(KEY, host, given).split(' ')[1] ?? '';
  const response = await fetch(`http://${host}${target}`);
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  const sentByNode = new Set(['date', 'connection', 'keep-alive']);
  return { headers: Object.fromEntries([...response.headers].filter(([name]) => !sentByNode.has(name))), body };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function write(file: string, requests: readonly string[]): void {
  writeFileSync(file, requests.map((request) => `${request}\0`).join(''));
}

function medians(rounds: readonly Record<string, Load>[], name: string): Load {
  const of = (field: keyof Load): number => rounded(median(rounds.map((round) => round[name]?.[field] ?? 0)));
  return {
    perSecond: of('perSecond'),
    cpuMicros: of('cpuMicros'),
    databaseCpuMicros: of('databaseCpuMicros'),
    p50Micros: of('p50Micros'),
    p99Micros: of('p99Micros'),
  };
}

/** How many times as many requests as another server, and how much CPU; each ratio within a round. */
function ratios(rounds: readonly Record<string, Load>[], name: string): Record<string, number> {
  const each = (field: keyof Load): number[] =>
    rounds.map((round) => (round.smartjobs?.[field] ?? 0) / (round[name]?.[field] ?? 1));
  const perSecond = each('perSecond');
  return {
    perSecond: rounded(median(perSecond), 3),
    lowest: rounded(Math.min(...perSecond), 3),
    highest: rounded(Math.max(...perSecond), 3),
    cpu: rounded(median(each('cpuMicros')), 3),
  };
}
