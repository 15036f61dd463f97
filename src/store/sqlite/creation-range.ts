import type { CountedFilter } from '../../jobs/job-query.ts';
import { keysOf, type JobKey, type KeyRange } from './job-key.ts';
import type { Statements } from './statements.ts';

/** So many keys are remembered, less than 1 MB of them. */
const MOST_REMEMBERED = 10_000;

const NEXT_JOB =
  'SELECT key, job_id FROM smart_job NOT INDEXED WHERE key >= ? AND key < ? ORDER BY key ASC LIMIT 1';
const NEWEST_JOB =
  'SELECT key, job_id FROM smart_job NOT INDEXED WHERE key > ? AND key < ? ORDER BY key DESC LIMIT 1';

export const CREATION_STATEMENTS = [NEXT_JOB, NEWEST_JOB] as const;

type Creation = { readonly key: JobKey; readonly time: number };

/**
 * Times of creation as keys. Within an account the order of keys is the order of creation times, so each time has a
 * key that parts the jobs created before it from the others. It is found by bisection: at most 33 looks at one job
 * each, whatever the number of jobs.
 *
 * Once a job lies behind such a key, the key parts the jobs for ever: what is deleted leaves the rest where it was,
 * and what is submitted comes behind. So it is remembered, and the pages of a walk do not look for it again.
 */
export class CreationRanges {
  readonly #statements: Statements;
  readonly #remembered = new Map<string, JobKey>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** The keys of the account, narrowed to the times of the filter. Empty where `above + 1 >= below`. */
  keysWithin(accountNumber: number, { createdFrom, createdBefore }: CountedFilter): KeyRange {
    const { above, below } = keysOf(accountNumber);
    if (createdFrom === undefined && createdBefore === undefined) return { above, below };
    return {
      above: createdFrom === undefined ? above : this.#firstKeyFrom(accountNumber, createdFrom) - 1,
      below: createdBefore === undefined ? below : this.#firstKeyFrom(accountNumber, createdBefore),
    };
  }

  /** All jobs of lower keys were created before the time, all others at the time or later. */
  #firstKeyFrom(accountNumber: number, time: number): JobKey {
    const name = `${accountNumber}/${time}`;
    const known = this.#remembered.get(name);
    if (known !== undefined) return known;
    const { above, below } = keysOf(accountNumber);
    const newest = this.#creation(NEWEST_JOB, above, below);
    if (newest === undefined || newest.time < time) return below;
    const found = this.#bisect(above + 1, newest.key, time);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(name, found);
    return found;
  }

  /** @param last the key of a job that was created at the time or later */
  #bisect(first: JobKey, last: JobKey, time: number): JobKey {
    let [low, high] = [first, last];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const job = this.#creation(NEXT_JOB, middle, high);
      if (job === undefined || job.time >= time) high = middle;
      else low = job.key + 1;
    }
    return low;
  }

  #creation(sql: string, from: JobKey, to: JobKey): Creation | undefined {
    const row = this.#statements.get(sql, from, to) as { key: JobKey; job_id: Buffer } | undefined;
    return row === undefined ? undefined : { key: row.key, time: row.job_id.readUIntBE(0, 6) };
  }
}
