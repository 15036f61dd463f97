/*
 * 300 short jobs in a row, one at a time, through the built server: does the memory of the server and its engines
 * grow? And 300 jobs without work: what does the queue itself cost a job? Run with tsx after a build (JOBS=300,
 * TYPE=ASR or TextToSpeech); writes results/ beside it. Linux only.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../src/base/clock.ts';
import { silentLogger } from '../src/base/logger.ts';
import { readConnection } from '../src/client/connection.ts';
import { ObjectClient } from '../src/client/object-client.ts';
import { RpcClient } from '../src/client/rpc-client.ts';
import { assetPath } from '../src/engines/asset-path.ts';
import type { AccountId } from '../src/jobs/account.ts';
import { JobHints } from '../src/jobs/job-hints.ts';
import type { JobDraft } from '../src/jobs/smart-job.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { HEARTBEAT_TIMES } from '../src/worker/heartbeat.ts';
import { POLL_TIMES, Worker } from '../src/worker/worker.ts';
import { startServerProcess, type ServerProcess } from '../test/support/server-process.ts';
import { collectGarbage } from './collect-garbage.ts';
import { machine, median, rounded } from './figures.ts';
import { treeMemory } from './process-tree.ts';

const JOBS = Number(process.env['JOBS'] ?? 300);
const TYPE = process.env['TYPE'] === 'TextToSpeech' ? 'TextToSpeech' : 'ASR';
const KINDS = {
  ASR: {
    what: `${JOBS} ASR jobs of 3 s each`,
    file: 'results/many-jobs.json',
    action: 'SubmitASRJob',
    parameters: { InputFile: 'oss://short/speech.wav' },
  },
  TextToSpeech: {
    what: `${JOBS} speech jobs of two sentences each, one in English and one in Chinese`,
    file: 'results/many-speech-jobs.json',
    action: 'SubmitAudioProduceJob',
    parameters: {
      EditingConfig: '{"voice":"abby"}',
      InputConfig: 'This is read out in every job. 这句话也是。',
      OutputConfig: '{"bucket":"spoken","object":"speech"}',
    },
  },
} as const;
const KIND = KINDS[TYPE];
const RECORDING = assetPath('speech/sense_and_sensibility_01_austen_64kb-0880.wav');
const LOOK_MS = 100;
const DRAFT: JobDraft = {
  ...{ type: 'ASR', title: '', description: '', userData: '', editingConfig: '', keyword: '', parameters: {} },
  ...{ inputFile: 'oss://short/speech.wav', outputBucket: '', outputObject: '' },
};

type JobMemory = {
  readonly peakMb: number;
  readonly restMb: number;
  /** At rest and without garbage. */
  readonly neededMb: number;
  readonly seconds: number;
};

const folder = await mkdtemp(join(tmpdir(), 'many-jobs-'));
const memory = await runRecordings(join(folder, 'data'));
const overhead = await runEmptyJobs(join(folder, 'empty.db'));
const result = {
  what: `${KIND.what} in a row through one server, one at a time; anonymous memory of server and engines together`,
  machine: machine(),
  memoryMb: {
    withoutGarbage: beginningAndEnd('neededMb'),
    atRest: beginningAndEnd('restMb'),
    peak: beginningAndEnd('peakMb'),
  },
  secondsPerJob: of(memory, 'seconds'),
  queueMsPerJob: { median: rounded(median(overhead)), worst: rounded(Math.max(...overhead)) },
};
await writeFile(new URL(KIND.file, import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
await rm(folder, { recursive: true });

/** As a user runs them: uploaded once, submitted, asked for until they are finished. */
async function runRecordings(dataDir: string): Promise<JobMemory[]> {
  const server = await startServerProcess({
    SMARTJOBS_DATA_DIR: dataDir,
    SMARTJOBS_WORKERS: '1',
    NODE_OPTIONS: '--inspect=0',
  });
  try {
    const read = readConnection({ env: { SMARTJOBS_DATA_DIR: dataDir }, cwd: dataDir });
    if (read.kind === 'missing') throw new Error(read.message);
    const { connection } = read;
    const objects = new ObjectClient({ ...connection, objects: connection.objects ?? '' });
    await objects.put(RECORDING, { bucket: 'short', key: 'speech.wav' });
    const client = new RpcClient(connection);
    const used: JobMemory[] = [];
    for (let number = 1; number <= JOBS; number += 1) {
      used.push(await runRecording(client, server));
      if (number % 25 === 0)
        process.stderr.write(
          `${number} jobs, ${used.at(-1)?.restMb} MB, ${used.at(-1)?.neededMb} MB without garbage\n`,
        );
    }
    return used;
  } finally {
    await server.end('SIGTERM');
  }
}

async function runRecording(client: RpcClient, { child, stderr }: ServerProcess): Promise<JobMemory> {
  const pid = child.pid ?? 0;
  const began = performance.now();
  const submitted = await client.call(KIND.action, KIND.parameters);
  if (submitted.kind !== 'ok') throw new Error(JSON.stringify(submitted));
  const { JobId } = submitted.body;
  let peakMb = 0;
  for (;;) {
    peakMb = Math.max(peakMb, treeMemory(pid, 'Pss_Anon'));
    const job = await client.call('GetSmartHandleJob', { JobId });
    if (job.kind !== 'ok' || job.body.State === 'Failed') throw new Error(JSON.stringify(job));
    if (job.body.State === 'Finished') break;
    await pause(LOOK_MS);
  }
  const seconds = rounded((performance.now() - began) / 1000);
  await pause(LOOK_MS);
  const restMb = treeMemory(pid, 'Pss_Anon');
  await collectGarbage(stderr());
  return { peakMb, restMb, neededMb: treeMemory(pid, 'Pss_Anon'), seconds };
}

/** From the answered submit to the run's begin, and from the run's end to where Get says Finished. */
async function runEmptyJobs(path: string): Promise<number[]> {
  const seal = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  const store = openSqliteStore({ path, clock: systemClock, seal });
  const hints = new JobHints();
  const pipeline = {
    type: 'ASR' as const,
    run: async () => ({ kind: 'finished' as const, result: { output: '[]', aiResult: '[]' } }),
  };
  const parts = { jobs: store.jobs, pipelines: [pipeline], clock: systemClock, log: silentLogger, hints };
  const worker = new Worker(
    { ...parts, times: HEARTBEAT_TIMES, scratchRoot: folder },
    { name: 'bench', slots: 1, graceMs: 0, poll: POLL_TIMES },
  );
  const account = '1084506228123456' as AccountId;
  const took: number[] = [];
  for (let number = 0; number < JOBS; number += 1) {
    const { id } = await store.jobs.submit(account, DRAFT);
    const began = performance.now();
    hints.submitted();
    while ((await store.jobs.get(account, id))?.state !== 'Finished') await pause(1);
    took.push(performance.now() - began);
  }
  await worker.stop();
  await store.close();
  return took;
}

/** Of jobs 6 to 10, and of the last five. */
function beginningAndEnd(figure: keyof JobMemory): Record<string, number> {
  const [tenth, last] = [of(memory.slice(5, 10), figure), of(memory.slice(-5), figure)];
  return { jobs6to10: tenth, last5: last, ratio: Math.round((100 * last) / tenth) / 100 };
}

function of(jobs: readonly JobMemory[], figure: keyof JobMemory): number {
  return rounded(median(jobs.map((job) => job[figure])));
}
