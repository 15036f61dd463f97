import { hostname } from 'node:os';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { JobHints } from '../jobs/job-hints.ts';
import { HEARTBEAT_TIMES } from '../worker/heartbeat.ts';
import { POLL_TIMES, Worker } from '../worker/worker.ts';
import type { DataFolder } from './data-folder.ts';
import { jobPipelines, type PipelineSetUp } from './job-pipelines.ts';

/** Milliseconds that running jobs get to end when the server is told to stop; all in all it has 10 s. */
const JOB_GRACE_MS = 5_000;

export type WorkerSetUp = PipelineSetUp & {
  readonly log: Logger;
  readonly hints: JobHints;
  readonly folder: DataFolder;
};

export function startWorker(setUp: WorkerSetUp): Worker {
  const { settings, log, kept, hints, folder } = setUp;
  const options = {
    name: `${hostname()}/${process.pid}`,
    slots: settings.workers,
    graceMs: JOB_GRACE_MS,
    poll: POLL_TIMES,
  };
  return new Worker(
    {
      ...{ jobs: kept.store.jobs, pipelines: jobPipelines(setUp), clock: systemClock, log, times: HEARTBEAT_TIMES },
      ...{ scratchRoot: folder.scratch, hints },
    },
    options,
  );
}
