import type { WorkFiles } from '../objects/work-files.ts';
import type { PipelineRun } from './pipeline.ts';

/**
 * The parts of a long work that a run has made so far: one after the other, each as a work file with a checkpoint
 * that says what it was made from. A run that comes after one that died, or was handed back, finds them.
 */
export type KeptFiles = {
  /**
   * @param made the fingerprint of everything that the part depends on
   * @returns whether it was there and now lies at the path
   */
  readonly fetch: (index: number, made: string, path: string) => Promise<boolean>;
  /**
   * In the order of their numbers. Without room in the store the work goes on, and is done again after a crash; what
   * comes behind such a gap is not kept, since those who remove work files look for the first that is missing.
   */
  readonly keep: (index: number, made: string, path: string) => Promise<void>;
};

/** What a checkpoint says of a part: what it was made from, and which version of the work file it is. */
type KeptFile = { readonly made: string; readonly version: string };

/** @param what names the parts, as in `chunk`; others of the same job have another name */
export function keptFiles(
  { job, checkpoints, signal, log }: PipelineRun,
  workFiles: Pick<WorkFiles, 'keep' | 'fetch'>,
  what: string,
): KeptFiles {
  const { account, id } = job;
  let isFull = false;
  return {
    fetch: async (index, made, path) => {
      const saved = await checkpoints.get(`${what} ${index}`);
      const kept = saved === undefined ? undefined : (JSON.parse(saved) as KeptFile);
      if (kept?.made !== made) return false;
      return await workFiles.fetch(account, id, { index, version: kept.version }, path, signal);
    },
    // The checkpoint is written when the file is stored.
    keep: async (index, made, path) => {
      if (isFull) return;
      const version = await workFiles.keep(account, id, index, path);
      isFull = version === undefined;
      if (version === undefined) log.warn({ [what]: index }, 'the object store takes no work files');
      else await checkpoints.save(`${what} ${index}`, JSON.stringify({ made, version } satisfies KeptFile));
    },
  };
}
