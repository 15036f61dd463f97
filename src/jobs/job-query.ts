import type { JobId } from './job-id.ts';
import type { JobState } from './job-state.ts';
import type { JobType } from './job-type.ts';

/** Which jobs can be counted without looking at each; an absent filter matches all. */
export type CountedFilter = {
  readonly type?: JobType;
  readonly state?: JobState;
  /** Milliseconds since the epoch: jobs created then or later. */
  readonly createdFrom?: number;
  /** Milliseconds since the epoch: jobs created before. */
  readonly createdBefore?: number;
};

/** Which jobs of the account a list shows: those that match every filter that is given. */
export type JobFilter = CountedFilter & {
  /** A part of the title, see titleContains. Not empty. */
  readonly titleContains?: string;
  /** Only these, up to 100, rising, none twice; ids that the account does not have are passed over. */
  readonly ids?: readonly JobId[];
};

/**
 * Whether the title has the part in it, upper and lower case being one: both are lower-cased as Unicode says, whatever
 * the language. Nothing else is folded: `é` matches `É` but not `e`, and `ß` does not match `ss`.
 */
export function titleContains(title: string, part: string): boolean {
  return title.toLowerCase().includes(part.toLowerCase());
}

/** How many jobs are of one type and in one state. */
export type JobCount = { readonly type: JobType; readonly state: JobState; readonly count: number };

/** By creation time; ties fall by id in the same direction. */
export type JobOrder = 'Asc' | 'Desc';

/**
 * Where a page begins: right behind a job, or at a numbered page. Page 1 is the beginning. A sequence is the job's
 * place in its account, 1 for the first ever submitted; deleted jobs leave gaps. A list by title has no other
 * numbered page than the first: its jobs would all have to be read to find it.
 */
export type PageStart = { readonly afterSequence: number } | { readonly pageNumber: number };

export type JobQuery = {
  readonly filter: JobFilter;
  readonly order: JobOrder;
  readonly start: PageStart;
  /** 1 to 100. */
  readonly size: number;
};

/**
 * A page. Its jobs come as the JSON text of their ListedJob, since that is how the stores keep them: joining text
 * was measured at 2.3 µs a page where serializing took 13.5 µs.
 */
export type JobPage = {
  readonly jobs: readonly string[];
  /** The sequence of the page's last job while more jobs follow; absent on the last page. */
  readonly lastSequence?: number;
};
