import type { PipelineRun } from '../pipeline.ts';
import type { DubParts } from './dub-request.ts';

/** What a checkpoint says of a sound: what it was made from, which work file holds it, and in which version. */
type KeptSound = { readonly made: string; readonly index: number; readonly version: string };

/**
 * The sounds of a job that a later run goes on with. Several languages share the numbers of the job's work files, so
 * each sound takes the next free number, whatever line it is, and its checkpoint says which: the numbers stay without
 * gaps. A file whose checkpoint was not written any more is nobody's, and goes with the others at the end of the job.
 */
export class KeptSounds {
  readonly #run: PipelineRun;
  readonly #files: DubParts['workFiles'];
  #next: number;

  private constructor(run: PipelineRun, files: DubParts['workFiles'], next: number) {
    this.#run = run;
    this.#files = files;
    this.#next = next;
  }

  /** One at a time for a job. */
  static async open(run: PipelineRun, files: DubParts['workFiles']): Promise<KeptSounds> {
    return new KeptSounds(run, files, await files.count(run.job.account, run.job.id));
  }

  /** @returns whether it lies at the path now: an earlier run made it from the same */
  async fetch(name: string, made: string, path: string): Promise<boolean> {
    const { job, checkpoints, signal } = this.#run;
    const saved = await checkpoints.get(name);
    const kept = saved === undefined ? undefined : (JSON.parse(saved) as KeptSound);
    return kept?.made === made && (await this.#files.fetch(job.account, job.id, kept, path, signal));
  }

  /** Without room for it, it is made again after a crash. */
  async keep(name: string, made: string, path: string): Promise<void> {
    const { job, checkpoints, log } = this.#run;
    const index = this.#next;
    const version = await this.#files.keep(job.account, job.id, index, path);
    if (version === undefined) {
      log.warn({ name }, 'the object store takes no work files');
      return;
    }
    this.#next = index + 1;
    await checkpoints.save(name, JSON.stringify({ made, index, version } satisfies KeptSound));
  }
}
