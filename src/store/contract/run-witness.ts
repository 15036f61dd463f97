import { assert } from 'vitest';
import type { JobId } from '../../jobs/job-id.ts';
import { ATTEMPT_CAP, type ClaimedJob } from '../../jobs/job-store.ts';

/** Watches the promises of the state machine by themselves, without the model. A run is what a retry begins anew. */
export class RunWitness {
  readonly #epochs = new Map<JobId, number>();
  readonly #ended = new Set<JobId>();

  claimed({ job, lease }: ClaimedJob): void {
    assert.isAbove(lease.epoch, this.#epochs.get(job.id) ?? 0, 'epochs only rise');
    assert.isAtMost(job.attempts, ATTEMPT_CAP, 'attempts stay below the cap');
    assert.isFalse(this.#ended.has(job.id), 'a job that ended is not run');
    this.#epochs.set(job.id, lease.epoch);
  }

  ended(id: JobId): void {
    assert.isFalse(this.#ended.has(id), 'no job ends twice within a run');
    this.#ended.add(id);
  }

  retried(id: JobId): void {
    this.#ended.delete(id);
  }
}
