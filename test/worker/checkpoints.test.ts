import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import type { JobId } from '../../src/jobs/job-id.ts';
import type { Pipeline, PipelineRun } from '../../src/pipelines/pipeline.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { Worker } from '../../src/worker/worker.ts';

const ACCOUNT = '1084506228123456' as AccountId;
const NEVER = 3_600_000;

let folder: string;
let store: SqliteStore;
const workers: Worker[] = [];
const forgotten: JobId[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-checkpoints-'));
  const seal = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal });
  forgotten.length = 0;
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await store.close();
  await rm(folder, { recursive: true });
});

function startWorker(run: Pipeline['run']): Worker {
  const forget = async (_account: AccountId, id: JobId): Promise<void> => void forgotten.push(id);
  const worker = new Worker(
    {
      ...{ jobs: store.jobs, pipelines: [{ type: 'ASR', run, forget }], clock: systemClock, log: silentLogger },
      ...{ times: { leaseMs: 30_000, renewMs: 10_000, checkMs: 10 }, scratchRoot: folder, hints: new JobHints() },
    },
    { name: 'test', slots: 1, graceMs: 0, poll: { first: NEVER, longest: NEVER } },
  );
  workers.push(worker);
  return worker;
}

async function submit(): Promise<JobId> {
  const texts = {
    title: '',
    description: '',
    userData: '',
    editingConfig: '',
    keyword: '',
    inputFile: 'oss://b/a',
  };
  const job = await store.jobs.submit(ACCOUNT, {
    ...{ type: 'ASR', ...texts, outputBucket: '', outputObject: '', parameters: {} },
  });
  return job.id;
}

/** Saves a checkpoint at 60 % and goes on until it is broken off. */
function halfWay(): { run: Pipeline['run']; saved: Promise<unknown> } {
  let resolve: (value?: unknown) => void;
  const saved = new Promise((settle) => (resolve = settle));
  return {
    saved,
    run: async ({ report, checkpoints, signal }: PipelineRun) => {
      report({ percent: 60, step: 'working' });
      await checkpoints.save('half', 'the first half');
      resolve();
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      throw new Error('not reached');
    },
  };
}

test('a job that is handed back goes on with what was saved, and its progress does not fall below it', async () => {
  const id = await submit();
  const { run, saved } = halfWay();
  const first = startWorker(run);
  await saved;
  await first.stop();
  expect(await store.jobs.get(ACCOUNT, id)).toMatchObject({ state: 'Created', attempts: 0 });

  const percents: number[] = [];
  startWorker(async ({ report, checkpoints }) => {
    report({ percent: 3, step: 'beginning' });
    await vi.waitFor(async () => {
      const job = await store.jobs.get(ACCOUNT, id);
      percents.push(job?.state === 'Executing' ? job.progress.percent : -1);
      expect(percents.at(-1)).toBe(60);
    });
    const aiResult = (await checkpoints.get('half')) ?? 'nothing';
    return { kind: 'finished', result: { output: aiResult, aiResult } };
  });
  await vi.waitFor(async () => {
    expect(await store.jobs.get(ACCOUNT, id)).toMatchObject({
      result: { aiResult: 'the first half' },
      attempts: 1,
    });
  });
});

test('what a run wrote goes with a job that is deleted while it runs, and stays with one that is canceled', async () => {
  const doomed = await submit();
  const { run, saved } = halfWay();
  startWorker(run);
  await saved;
  await store.jobs.delete(ACCOUNT, [doomed]);
  await vi.waitFor(() => expect(forgotten).toEqual([doomed]));

  const canceled = await submit();
  const second = halfWay();
  const worker = startWorker(second.run);
  await second.saved;
  await store.jobs.cancel(ACCOUNT, canceled, { code: 'JobCanceled', message: '' });
  await worker.stop();
  expect(forgotten).toEqual([doomed]);
});
