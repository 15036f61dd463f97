import type { JobStore } from '../jobs/job-store.ts';
import type { Lease } from '../jobs/smart-job.ts';
import type { Checkpoints } from '../pipelines/pipeline.ts';

type Parts = {
  readonly jobs: JobStore;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  /** Called where the job is no longer this worker's; aborts the signal. */
  readonly onLost: () => void;
};

/** The checkpoints of one run. Those of earlier runs are read once, and only when the pipeline asks for one. */
export function runCheckpoints({ jobs, lease, signal, onLost }: Parts): Checkpoints {
  let known: Promise<Map<string, string>> | undefined;
  const all = (): Promise<Map<string, string>> => (known ??= jobs.checkpoints(lease).then((map) => new Map(map)));
  return {
    get: async (key) => (await all()).get(key),
    async save(key, value) {
      signal.throwIfAborted();
      const values = await all();
      if (!(await jobs.saveCheckpoint(lease, key, value))) onLost();
      signal.throwIfAborted();
      values.set(key, value);
    },
  };
}
