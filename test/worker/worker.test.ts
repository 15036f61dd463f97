import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { jobFailure } from '../../src/jobs/job-failure.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import type { JobId } from '../../src/jobs/job-id.ts';
import type { SmartJob } from '../../src/jobs/smart-job.ts';
import type { PipelineOutcome, PipelineRun } from '../../src/pipelines/pipeline.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { Worker } from '../../src/worker/worker.ts';
import { ASR_DRAFT } from './asr-draft.ts';

const ACCOUNT = '1084506228123456' as AccountId;
const FINISHED: PipelineOutcome = { kind: 'finished', result: { output: '[]', aiResult: '[]' } };

/** So rare that a test which needed a poll would time out. */
const NEVER = 3_600_000;

let folder: string;
let store: SqliteStore;
let hints: JobHints;
const workers: Worker[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-worker-'));
  const seal = {
    seal: (_context: string, secret: string) => secret,
    open: (_context: string, text: string) => text,
  };
  store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal });
  hints = new JobHints();
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

type Run = (run: PipelineRun) => Promise<PipelineOutcome>;

function startWorker(run: Run, options: { slots?: number; graceMs?: number; checkMs?: number } = {}): Worker {
  const { slots = 1, graceMs = 0, checkMs = 10 } = options;
  const worker = new Worker(
    {
      jobs: store.jobs,
      pipelines: [{ type: 'ASR', run }],
      clock: systemClock,
      log: silentLogger,
      times: { leaseMs: 30_000, renewMs: 10_000, checkMs },
      scratchRoot: folder,
      hints,
    },
    { name: 'test', slots, graceMs, poll: { first: NEVER, longest: NEVER } },
  );
  workers.push(worker);
  return worker;
}

async function submit(): Promise<JobId> {
  const { id } = await store.jobs.submit(ACCOUNT, ASR_DRAFT);
  hints.submitted();
  return id;
}

async function job(id: JobId): Promise<SmartJob | undefined> {
  return store.jobs.get(ACCOUNT, id);
}

async function settled(id: JobId): Promise<SmartJob> {
  return vi.waitFor(
    async () => {
      const found = await job(id);
      if (found?.state !== 'Finished' && found?.state !== 'Failed') throw new Error(`still ${found?.state}`);
      return found;
    },
    { timeout: 5_000, interval: 5 },
  );
}

/** A pipeline that tells when it runs and goes on until it is broken off. */
function endless(): { run: Run; started: Promise<PipelineRun>; ended: Promise<unknown> } {
  const started = deferred<PipelineRun>();
  const ended = deferred<unknown>();
  return {
    run: async (run) => {
      started.resolve(run);
      await new Promise((resolve) => run.signal.addEventListener('abort', resolve, { once: true }));
      ended.resolve(run.signal.reason);
      throw run.signal.reason;
    },
    started: started.promise,
    ended: ended.promise,
  };
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('an idle worker', () => {
  test('wakes at once on a submit and runs the job to its result', async () => {
    startWorker(async () => FINISHED);
    const id = await submit();
    expect(await settled(id)).toMatchObject({ state: 'Finished', result: { aiResult: '[]' }, attempts: 1 });
  });

  test('runs what was waiting before it came', async () => {
    const ids = [await submit(), await submit()];
    startWorker(async () => FINISHED);
    for (const id of ids) expect((await settled(id)).state).toBe('Finished');
  });
});

test('so many jobs run at a time as there are slots', async () => {
  let running = 0;
  let most = 0;
  const allBusy = deferred<void>();
  startWorker(
    async () => {
      running += 1;
      most = Math.max(most, running);
      if (running === 3) allBusy.resolve();
      await allBusy.promise;
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return FINISHED;
    },
    { slots: 3 },
  );
  const ids = await Promise.all(Array.from({ length: 20 }, submit));
  for (const id of ids) await settled(id);
  expect(most).toBe(3);
});

test('progress shows while the job runs, and the scratch folder is there and goes', async () => {
  const reported = deferred<void>();
  const goOn = deferred<void>();
  startWorker(async (run) => {
    run.report({ percent: 42, step: 'Recognizing' });
    expect(await readdir(run.scratch)).toEqual([]);
    reported.resolve();
    await goOn.promise;
    return FINISHED;
  });
  const id = await submit();
  await reported.promise;
  await vi.waitFor(async () => {
    expect(await job(id)).toMatchObject({ state: 'Executing', progress: { percent: 42, step: 'Recognizing' } });
  });
  goOn.resolve();
  await settled(id);
  await vi.waitFor(async () => {
    expect((await readdir(folder)).filter((name) => name.startsWith(id))).toEqual([]);
  });
});

describe('a job that', () => {
  test('fails for a reason of its input is Failed with that code', async () => {
    startWorker(async () => ({ kind: 'failed', failure: jobFailure('NoAudioTrack', 'None.') }));
    expect(await settled(await submit())).toMatchObject({ failure: { code: 'NoAudioTrack', message: 'None.' } });
  });

  test('hits a fault of ours is Failed as InternalError, without the fault’s text', async () => {
    startWorker(async () => {
      throw new Error('secret path');
    });
    const { failure } = (await settled(await submit())) as SmartJob & {
      failure: { code: string; message: string };
    };
    expect(failure.code).toBe('InternalError');
    expect(failure.message).not.toContain('secret path');
  });

  test('is of a type without a pipeline is Failed', async () => {
    startWorker(async () => FINISHED);
    const { id } = await store.jobs.submit(ACCOUNT, { ...ASR_DRAFT, type: 'DynamicChart' });
    hints.submitted();
    expect(await settled(id)).toMatchObject({ failure: { code: 'EngineUnavailable' } });
  });
});

describe('a running job that is', () => {
  const CANCELED = jobFailure('JobCanceled', 'Canceled.');

  test('canceled is broken off at once by the hint', async () => {
    const { run, started, ended } = endless();
    startWorker(run, { checkMs: NEVER });
    const id = await submit();
    await started;
    await store.jobs.cancel(ACCOUNT, id, CANCELED);
    hints.stopped(id);
    expect(await ended).toBe('lost');
    expect(await settled(id)).toMatchObject({ state: 'Failed', failure: CANCELED });
  });

  test('canceled elsewhere is broken off by the next check', async () => {
    const { run, started, ended } = endless();
    startWorker(run);
    const id = await submit();
    await started;
    await store.jobs.cancel(ACCOUNT, id, CANCELED);
    expect(await ended).toBe('lost');
  });

  test('deleted is broken off and leaves nothing', async () => {
    const { run, started, ended } = endless();
    startWorker(run);
    const id = await submit();
    await started;
    await store.jobs.delete(ACCOUNT, [id]);
    expect(await ended).toBe('lost');
    expect(await job(id)).toBeUndefined();
  });

  test('canceled just as it ends keeps the cancel: the late result writes nothing', async () => {
    const goOn = deferred<void>();
    const started = deferred<void>();
    startWorker(
      async () => {
        started.resolve();
        await goOn.promise;
        return FINISHED;
      },
      { checkMs: NEVER },
    );
    const id = await submit();
    await started.promise;
    await store.jobs.cancel(ACCOUNT, id, CANCELED);
    goOn.resolve();
    await workers[0]!.stop();
    expect(await job(id)).toMatchObject({ state: 'Failed', failure: CANCELED });
  });
});

describe('a worker that stops', () => {
  test('hands running jobs back, the attempt uncounted, and claims nothing more', async () => {
    const { run, started, ended } = endless();
    const worker = startWorker(run);
    const id = await submit();
    const waiting = await submit();
    await started;
    await worker.stop();
    expect(await ended).toBe('stopping');
    expect(await job(id)).toMatchObject({ state: 'Created', attempts: 0 });
    expect(await job(waiting)).toMatchObject({ state: 'Created' });
  });

  test('lets jobs end that need no longer than the grace', async () => {
    const goOn = deferred<void>();
    const started = deferred<void>();
    const worker = startWorker(
      async () => {
        started.resolve();
        await goOn.promise;
        return FINISHED;
      },
      { graceMs: NEVER },
    );
    const id = await submit();
    await started.promise;
    const stopped = worker.stop();
    goOn.resolve();
    await stopped;
    expect((await job(id))?.state).toBe('Finished');
  });
});
