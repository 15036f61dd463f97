import { expect } from 'vitest';
import type { JobId } from '../../jobs/job-id.ts';
import { ATTEMPT_CAP, type ClaimedJob } from '../../jobs/job-store.ts';

/** Watches the promises of the state machine by themselves, without the model. A run is what a retry begins anew. */
export class RunWitness {
  readonly #epochs = new Map<JobId, number>();
  readonly #ended = new Set<JobId>();

  claimed({ job, lease }: ClaimedJob): void {
    expect(lease.epoch, 'epochs only rise').toBeGreaterThan(this.#epochs.get(job.id) ?? 0);
    expect(job.attempts, 'attempts stay below the cap').toBeLessThanOrEqual(ATTEMPT_CAP);
    expect(this.#ended.has(job.id), 'a job that ended is not run').toBe(false);
    this.#epochs.set(job.id, lease.epoch);
  }

  ended(id: JobId): void {
    expect(this.#ended.has(id), 'no job ends twice within a run').toBe(false);
    this.#ended.add(id);
  }

  retried(id: JobId): void {
    this.#ended.delete(id);
  }
}
