import type { Service } from '../base/service.ts';
import type { JobHints } from '../jobs/job-hints.ts';
import type { JobId } from '../jobs/job-id.ts';
import type { ClaimedJob } from '../jobs/job-store.ts';
import { breakOff, runJob, type RunParts } from './run-job.ts';
import { WakeSignal } from './wake-signal.ts';

export type WorkerParts = RunParts & { readonly hints: JobHints };

export type WorkerOptions = {
  /** Names the worker in the job's row. */
  readonly name: string;
  /** How many jobs run at a time. */
  readonly slots: number;
  /** How long stop() lets running jobs go on before it hands them back, in milliseconds. */
  readonly graceMs: number;
  readonly poll: PollTimes;
};

/** Idle slots ask for work this often, in milliseconds; the real pause varies by a quarter so that slots spread out. */
export type PollTimes = { readonly first: number; readonly longest: number };

export const POLL_TIMES: PollTimes = { first: 1_000, longest: 5_000 };

type Running = { readonly id: JobId; readonly control: AbortController; readonly done: Promise<unknown> };

/**
 * Claims jobs and runs them, so many at a time. Polling is the base; a hint that a job was submitted wakes an idle
 * slot at once, a hint that one was canceled or deleted stops it at once.
 */
export class Worker implements Service {
  readonly #parts: WorkerParts;
  readonly #options: WorkerOptions;
  readonly #wake = new WakeSignal();
  readonly #running = new Set<Running>();
  readonly #slots: Promise<void>[];
  readonly #unsubscribe: () => void;
  #stopping = false;

  constructor(parts: WorkerParts, options: WorkerOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#unsubscribe = parts.hints.subscribe({
      submitted: () => this.#wake.wake(),
      stopped: (id) => this.#takeAway(id),
    });
    this.#slots = Array.from({ length: options.slots }, () => this.#slot());
  }

  /** Claims nothing more, lets running jobs end within the grace, hands the others back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#unsubscribe();
    this.#wake.wake();
    const handBack = setTimeout(() => {
      for (const { control } of this.#running) breakOff(control, 'stopping');
    }, this.#options.graceMs);
    await Promise.all(this.#slots);
    clearTimeout(handBack);
  }

  async #slot(): Promise<void> {
    const { first, longest } = this.#options.poll;
    let pause = first;
    while (!this.#stopping) {
      const wakes = this.#wake.count;
      const claimed = await this.#claim();
      if (claimed !== undefined && (await this.#run(claimed))) {
        pause = first;
        continue;
      }
      await this.#wake.sleep(pause * (0.75 + Math.random() / 2), wakes);
      pause = Math.min(pause * 2, longest);
    }
  }

  async #claim(): Promise<ClaimedJob | undefined> {
    try {
      return await this.#parts.jobs.claim(this.#options.name, this.#parts.times.leaseMs);
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the store gave no answer to a claim');
      return undefined;
    }
  }

  /**
   * A run that cannot even be settled is left to its lease: it runs out and the job is claimed again.
   * @returns false where store or disk are out of order, and the next job would fare no better
   */
  async #run(claimed: ClaimedJob): Promise<boolean> {
    const control = new AbortController();
    const done = runJob(claimed, this.#parts, control).then(
      () => true,
      (error: unknown) => {
        this.#parts.log.error({ err: error, jobId: claimed.job.id }, 'a job could not be run or settled');
        return false;
      },
    );
    const running: Running = { id: claimed.job.id, control, done };
    this.#running.add(running);
    if (this.#stopping) breakOff(control, 'stopping');
    const ran = await done;
    this.#running.delete(running);
    return ran;
  }

  #takeAway(id: JobId): void {
    for (const running of this.#running) if (running.id === id) breakOff(running.control, 'lost');
  }
}
