import { fetchKept, keepFile, type KeptPart } from '../kept-files.ts';
import type { PipelineRun } from '../pipeline.ts';
import type { DubParts } from './dub-request.ts';

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
  async fetch(sound: KeptPart): Promise<boolean> {
    return await fetchKept(this.#run, this.#files, sound);
  }

  /** Without room for it, it is made again after a crash. */
  async keep(sound: KeptPart): Promise<void> {
    if (await keepFile(this.#run, this.#files, sound, this.#next)) this.#next += 1;
  }
}
