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

/** @param what names the parts, as in `chunk`; others of the same job have another name */
export function keptFiles(run: PipelineRun, workFiles: Pick<WorkFiles, 'keep' | 'fetch'>, what: string): KeptFiles {
  let isFull = false;
  return {
    fetch: async (index, made, path) => await fetchKept(run, workFiles, { name: `${what} ${index}`, made, path }),
    keep: async (index, made, path) => {
      if (isFull) return;
      isFull = !(await keepFile(run, workFiles, { name: `${what} ${index}`, made, path }, index));
    },
  };
}

/** A part on its way: the name of its checkpoint, what stands for all it was made from, and where it lies here. */
export type KeptPart = { readonly name: string; readonly made: string; readonly path: string };

/** What a checkpoint says of a part: what it was made from, which work file it is, and in which version. */
type KeptFile = { readonly made: string; readonly index: number; readonly version: string };

/** @returns whether an earlier run made it from the same, and it now lies at the path */
export async function fetchKept(
  { job, checkpoints, signal }: PipelineRun,
  workFiles: Pick<WorkFiles, 'fetch'>,
  { name, made, path }: KeptPart,
): Promise<boolean> {
  const saved = await checkpoints.get(name);
  const kept = saved === undefined ? undefined : (JSON.parse(saved) as KeptFile);
  return kept?.made === made && (await workFiles.fetch(job.account, job.id, kept, path, signal));
}

/**
 * The checkpoint is written when the file is stored.
 * @param index the number of the work file
 * @returns whether the store took it
 */
export async function keepFile(
  { job, checkpoints, log }: PipelineRun,
  workFiles: Pick<WorkFiles, 'keep'>,
  { name, made, path }: KeptPart,
  index: number,
): Promise<boolean> {
  const version = await workFiles.keep(job.account, job.id, index, path);
  if (version === undefined) log.warn({ name }, 'the object store takes no work files');
  else await checkpoints.save(name, JSON.stringify({ made, index, version } satisfies KeptFile));
  return version !== undefined;
}
