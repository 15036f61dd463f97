/*
 * Recordings of 5 and of 60 minutes through the built server, one job each: memory of the server and its engines at
 * its highest, and how often a group of speech is recognized where the server is killed (kill -9) in the middle of the
 * long one. Run with tsx after a build; 25 minutes on two cores. MINUTES=10 makes the long one shorter. Writes
 * results/long-recording.json. Linux only.
 */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { launch, type DoomedServer, type LogLine } from '../test/support/doomed-server.ts';
import type { Credentials } from '../test/support/official-clients.ts';
import { json, rawCall } from '../test/support/raw-call.ts';
import { makeLongSpeech } from '../test/speech/long-speech.ts';
import { machine, rounded, saveResult } from './figures.ts';
import { treeMemory } from './process-tree.ts';

const LONG_MINUTES = Number(process.env['MINUTES'] ?? 60);
const SHORT_MINUTES = 5;
const LOOK_MS = 250;
/** The server is killed this long after a group in the middle was finished: the next one is under way. */
const INTO_THE_NEXT_MS = 8_000;

type Watched = {
  peakMb: number;
  peakNodeMb: number;
  groups: number[];
  percents: number[];
};

type Job = {
  readonly JobId: string;
  readonly State: string;
  readonly Progress: { readonly Percent: number };
  readonly JobResult?: { readonly AiResult: string; readonly Details: Record<string, string | number> };
};

const folder = await mkdtemp(join(tmpdir(), 'long-recording-'));
const short = await run('short', SHORT_MINUTES, false);
const long = await run('long', LONG_MINUTES, true);
saveResult(process.env['MINUTES'] === undefined ? 'long-recording' : 'long-recording-trial', {
  what:
    `One recording of ${SHORT_MINUTES} and one of ${LONG_MINUTES} minutes, PocketSphinx, one job at a time; ` +
    'memory of the server and all its children together (PSS), its highest of looks every 250 ms',
  machine: machine(),
  short,
  long,
  peakRatio: rounded(long.peakMb / short.peakMb, 2),
  peakNodeRatio: rounded(long.peakNodeMb / short.peakNodeMb, 2),
});
await rm(folder, { recursive: true });

async function run(name: string, minutes: number, killed: boolean) {
  const dataDir = join(folder, name);
  const wav = join(folder, `${name}.wav`);
  const spoken = await makeLongSpeech(wav, minutes * 60);
  const watched: Watched = { peakMb: 0, peakNodeMb: 0, groups: [], percents: [] };
  let server = start(dataDir, watched);
  let to = await reached(server);
  // A file that lies in a folder of the objects is an object, once the bucket is the account's.
  await mkdir(join(dataDir, 'objects', 'samples'), { recursive: true });
  await rename(wav, join(dataDir, 'objects', 'samples', 'long.wav'));
  const submitted = json(await rawCall(to, 'SubmitASRJob', { InputFile: 'oss://samples/long.wav' }));
  const JobId = submitted['JobId'] as string;
  const began = performance.now();
  let groupsBeforeKill = 0;
  let percentAtKill = 0;
  let percentAfterKill = 0;
  if (killed) {
    const half = Math.round(spoken.seconds / 120 / 2);
    await watch(server, to, JobId, watched, () => watched.groups.length >= half);
    await pause(INTO_THE_NEXT_MS);
    groupsBeforeKill = watched.groups.length;
    percentAtKill = (await look(to, JobId)).Progress.Percent;
    server.child.kill('SIGKILL');
    await server.ended;
    server = start(dataDir, watched);
    to = await reached(server);
    await watch(server, to, JobId, watched, ({ Progress }) => Progress.Percent > 0);
    percentAfterKill = watched.percents.at(-1) ?? 0;
  }
  const done = await watch(server, to, JobId, watched, ({ State }) => State === 'Finished');
  const seconds = (performance.now() - began) / 1000;
  server.child.kill('SIGTERM');
  await server.ended;
  const words = (JSON.parse(done.JobResult?.AiResult ?? '[]') as { content: string }[])
    .map(({ content }) => content.split(' ').length)
    .reduce((sum, count) => sum + count, 0);
  return {
    minutes: rounded(spoken.seconds / 60),
    seconds: rounded(seconds),
    realTimeFactor: rounded(seconds / spoken.seconds, 2),
    peakMb: watched.peakMb,
    peakNodeMb: watched.peakNodeMb,
    wordsSpoken: spoken.words,
    wordsRecognized: words,
    groups: new Set(watched.groups).size,
    ...(killed && {
      groupsBeforeKill,
      groupsFinishedTwice: watched.groups.length - new Set(watched.groups).size,
      percentAtKill,
      percentAfterKill,
    }),
  };
}

function start(dataDir: string, watched: Watched): DoomedServer {
  const env = { SMARTJOBS_WORKERS: '1', SMARTJOBS_LOG_LEVEL: 'debug' };
  return launch(dataDir, env, (line: LogLine & { readonly group?: number }) => {
    if (line.msg === 'speech group recognized' && line.group !== undefined) watched.groups.push(line.group);
  });
}

async function reached(server: DoomedServer): Promise<Credentials> {
  const to = await server.ready;
  if (to === undefined) throw new Error(`the server did not start:\n${server.stderr()}`);
  return to;
}

async function watch(
  { child }: DoomedServer,
  to: Credentials,
  JobId: string,
  watched: Watched,
  until: (job: Job) => boolean,
): Promise<Job> {
  for (;;) {
    watched.peakMb = Math.max(watched.peakMb, treeMemory(child.pid ?? 0));
    watched.peakNodeMb = Math.max(watched.peakNodeMb, residentMb(child.pid ?? 0));
    const job = await look(to, JobId);
    if (job.State === 'Failed') throw new Error(JSON.stringify(job));
    if (watched.percents.at(-1) !== job.Progress.Percent) {
      watched.percents.push(job.Progress.Percent);
      process.stderr.write(`${job.Progress.Percent} % ${watched.groups.length} groups, ${watched.peakMb} MB\n`);
    }
    if (until(job)) return job;
    await pause(LOOK_MS);
  }
}

async function look(to: Credentials, JobId: string): Promise<Job> {
  return json(await rawCall(to, 'GetSmartHandleJob', { JobId })) as unknown as Job;
}

/** Of the server alone. */
function residentMb(pid: number): number {
  return rounded(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
}
