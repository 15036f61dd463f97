import type { Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { JobFilter } from '../../jobs/job-query.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { Lease } from '../../jobs/smart-job.ts';
import type { FilterSeed } from './history-steps.ts';
import type { ModelStore } from './model-store.ts';
import type { OpenWalk } from './open-walk.ts';
import type { RunWitness } from './run-witness.ts';
import { UNKNOWN_ID } from './sample-jobs.ts';

/** A store and its model at some moment of a random history. */
export type History = {
  readonly store: JobStore;
  readonly clock: Clock & { advance(milliseconds: number): void };
  readonly model: ModelStore;
  readonly witness: RunWitness;
  /** Of this history alone, so that many histories share one store. */
  readonly accounts: readonly [AccountId, AccountId];
  /** Every lease that was given out, lost ones too. */
  readonly leases: Lease[];
  readonly walks: OpenWalk[];
};

/** One of the jobs there are, of whichever account, or an id that nobody has. */
export function pickJob({ model: { jobs } }: History, pick: number): JobId {
  return jobs[pick % (jobs.length + 1)]?.id ?? UNKNOWN_ID;
}

/** Times become those of jobs, a millisecond before or after them; ids those of jobs, foreign and unknown ones too. */
export function filterFrom(history: History, seed: FilterSeed): JobFilter {
  const times = [history.clock.now(), ...history.model.jobs.map(({ createdAt }) => createdAt)];
  const timeOf = (pick: number | undefined): number | undefined =>
    pick === undefined ? undefined : (times[pick % times.length] ?? 0) + (pick % 3) - 1;
  return {
    type: seed.type,
    state: seed.state,
    createdFrom: timeOf(seed.from),
    createdBefore: timeOf(seed.before),
    titleContains: seed.part,
    ids: seed.ids && [...new Set(seed.ids.map((pick) => pickJob(history, pick)))].toSorted(),
  };
}
