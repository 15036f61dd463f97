import type { Logger } from '../base/logger.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobProgress, Lease } from '../jobs/smart-job.ts';
import { StoreUnavailable } from '../jobs/store-unavailable.ts';
import type { Checkpoints } from '../pipelines/pipeline.ts';

type Parts = {
  readonly jobs: JobStore;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly report: (progress: JobProgress) => void;
  /** Called where the job is no longer this worker's; aborts the signal. */
  readonly onLost: () => void;
};

/** What a run knows of the runs before it, and leaves to those after it. */
export type RunMemory = {
  readonly checkpoints: Checkpoints;
  /** Reports progress, from where the run before had saved a checkpoint. */
  readonly report: (progress: JobProgress) => void;
};

/** The key under which each checkpoint saves how far the job has come; no pipeline has such a key. */
const PERCENT = '%';

/** A store that is out of order for a moment costs the checkpoint, which is time, but never the run. */
export async function recallRun({ jobs, lease, signal, log, report, onLost }: Parts): Promise<RunMemory> {
  const orElse = async <T>(asked: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn({ err: error }, 'the store does not take or give checkpoints');
      return otherwise;
    }
  };
  const values = new Map(await orElse(jobs.checkpoints(lease), new Map<string, string>()));
  let percent = Number(values.get(PERCENT) ?? 0);
  if (values.size > 0) {
    log.info({ checkpoints: values.size, percent }, 'the run goes on from checkpoints');
    report({ percent, step: '' });
  }
  return {
    report: (progress) => {
      percent = Math.max(percent, progress.percent);
      report({ ...progress, percent });
    },
    checkpoints: {
      get: async (key) => values.get(key),
      async save(key, value) {
        signal.throwIfAborted();
        const saved = [
          jobs.saveCheckpoint(lease, PERCENT, String(percent)),
          jobs.saveCheckpoint(lease, key, value),
        ];
        const held = await orElse(Promise.all(saved), [true]);
        if (held.includes(false)) onLost();
        signal.throwIfAborted();
        values.set(key, value);
      },
    },
  };
}
