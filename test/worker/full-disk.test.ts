import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { JobHints } from '../../src/jobs/job-hints.ts';
import type { JobId } from '../../src/jobs/job-id.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import type { SmartJob } from '../../src/jobs/smart-job.ts';
import { StoreUnavailable } from '../../src/jobs/store-unavailable.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { Worker } from '../../src/worker/worker.ts';
import { ASR_DRAFT } from './asr-draft.ts';

const ACCOUNT = '1084506228123456' as AccountId;

/** So rare that a test which needed a poll would time out. */
const NEVER = 3_600_000;

let folder: string;
let jobs: JobStore;
let hints: JobHints;
let worker: Worker | undefined;
/** How often the pipeline ran. */
let runs: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartjobs-worker-disk-'));
  const seal = { seal: String, open: (_context: string, text: string) => text };
  ({ jobs } = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal }));
  hints = new JobHints();
  runs = 0;
});

afterEach(async () => {
  await worker?.stop();
  await jobs.close();
  await rm(folder, { recursive: true, force: true });
});

function startWorker({ scratchRoot = folder, checkMs = 10 } = {}): Worker {
  const run = async (): Promise<{ kind: 'finished'; result: { output: string; aiResult: string } }> => {
    runs += 1;
    return { kind: 'finished', result: { output: '[]', aiResult: '[]' } };
  };
  const times = { leaseMs: 30_000, renewMs: 10_000, checkMs };
  const parts = { jobs, pipelines: [{ type: 'ASR' as const, run }], clock: systemClock, log: silentLogger, times };
  const options = { name: 'test', slots: 1, graceMs: 0, poll: { first: NEVER, longest: NEVER } };
  worker = new Worker({ ...parts, scratchRoot, hints }, options);
  return worker;
}

async function submit(): Promise<JobId> {
  const { id } = await jobs.submit(ACCOUNT, ASR_DRAFT);
  hints.submitted();
  return id;
}

async function finished(id: JobId): Promise<SmartJob | undefined> {
  await expect.poll(async () => (await jobs.get(ACCOUNT, id))?.state, { timeout: 5_000 }).toBe('Finished');
  return jobs.get(ACCOUNT, id);
}

test('an outcome is kept until the store takes it; the job is not run again', async () => {
  const full = new StoreUnavailable('The disk is full.', undefined);
  const finish = vi.spyOn(jobs, 'finish').mockRejectedValueOnce(full).mockRejectedValueOnce(full);
  startWorker();
  expect(await finished(await submit())).toMatchObject({ attempts: 1 });
  expect(finish).toHaveBeenCalledTimes(3);
  expect(runs).toBe(1);
});

test('a stop does not wait for a store that takes no outcome', async () => {
  const finish = vi.spyOn(jobs, 'finish').mockRejectedValue(new StoreUnavailable('The disk is full.', undefined));
  const stopping = startWorker({ checkMs: NEVER });
  const id = await submit();
  await vi.waitFor(() => expect(finish).toHaveBeenCalled());
  await stopping.stop();
  expect(await jobs.get(ACCOUNT, id)).toMatchObject({ state: 'Executing' });
});

test('a job that gets no scratch folder is handed back, uncounted, and runs once there is room', async () => {
  const scratchRoot = join(folder, 'no', 'room');
  const handBack = vi.spyOn(jobs, 'handBack');
  startWorker({ scratchRoot });
  const id = await submit();
  await vi.waitFor(() => expect(handBack).toHaveBeenCalledOnce());
  await handBack.mock.results[0]?.value;
  expect(await jobs.get(ACCOUNT, id)).toMatchObject({ state: 'Created', attempts: 0 });
  await mkdir(scratchRoot, { recursive: true });
  hints.submitted();
  expect(await finished(id)).toMatchObject({ attempts: 1 });
  expect(handBack).toHaveBeenCalledOnce();
});
