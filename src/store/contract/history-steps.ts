import * as fc from 'fast-check';
import { JOB_STATES } from '../../jobs/job-state.ts';
import { JOB_TYPES, type JobType } from '../../jobs/job-type.ts';
import type { JobOrder } from '../../jobs/job-query.ts';
import type { JobState } from '../../jobs/job-state.ts';
import { LEASE_MS } from './sample-jobs.ts';

/*
 * What a random history is made of. Numbers named `pick` choose among what there is when the step is taken: jobs,
 * leases, open walks.
 */

/** A filter before the jobs are there that its times and ids speak of. */
export type FilterSeed = {
  readonly type?: JobType;
  readonly state?: JobState;
  readonly from?: number;
  readonly before?: number;
  readonly part?: string;
  readonly ids?: readonly number[];
};

export type WalkSeed = {
  readonly who: 0 | 1;
  readonly filter: FilterSeed;
  readonly order: JobOrder;
  readonly size: number;
};

export type Step =
  | {
      readonly kind: 'submit';
      readonly who: 0 | 1;
      readonly jobs: readonly { readonly type: JobType; readonly title: string }[];
    }
  | { readonly kind: 'claim'; readonly worker: string; readonly count: number }
  /** So many workers in a row claim a job and die. */
  | { readonly kind: 'crash'; readonly rounds: number }
  | { readonly kind: 'cancel' | 'retry'; readonly who: 0 | 1; readonly pick: number }
  | { readonly kind: 'delete'; readonly who: 0 | 1; readonly picks: readonly number[] }
  | { readonly kind: 'finish' | 'fail' | 'handBack' | 'renew' | 'progress' | 'checkpoint'; readonly pick: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'walk'; readonly walk: WalkSeed }
  | { readonly kind: 'page'; readonly pick: number };

/** Titles and parts of titles that storing, escaping and folding of case could confuse. */
const TITLES = [
  'Morning talk',
  'MORNING news',
  'Été à Paris',
  'say "no"\\\n',
  '智能任务',
  '","Description":"x',
  '',
];
const PARTS = ['morning', 'G N', 'éTÉ', '"no"', '\\', 'n', '能任', '","description', 'TITLE_', 'absent'];

const who = fc.constantFrom<0 | 1>(0, 0, 1);
const pick = fc.nat(1000);
const kind = <K extends string>(...kinds: K[]): fc.Arbitrary<K> => fc.constantFrom(...kinds);

/** Given in one of four filters, so that most match some jobs. */
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

export const walkSeed: fc.Arbitrary<WalkSeed> = fc.record({
  who,
  filter: fc.record({
    type: seldom(fc.constantFrom(...JOB_TYPES)),
    state: seldom(fc.constantFrom(...JOB_STATES)),
    from: seldom(pick),
    before: seldom(pick),
    part: seldom(fc.constantFrom(...PARTS)),
    ids: seldom(fc.array(pick, { maxLength: 8 })),
  }),
  order: fc.constantFrom<JobOrder>('Asc', 'Desc'),
  size: fc.integer({ min: 1, max: 4 }),
});

const submitted = fc.record({ type: fc.constantFrom(...JOB_TYPES), title: fc.constantFrom(...TITLES) });

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: kind('submit'), who, jobs: fc.array(submitted, { minLength: 1, maxLength: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind('claim'),
      worker: fc.constantFrom('worker-1', 'worker-2', 'worker-3'),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('crash'), rounds: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('cancel', 'retry'), who, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('delete'), who, picks: fc.array(pick, { maxLength: 3 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: kind('finish', 'fail', 'handBack', 'renew', 'progress', 'checkpoint'), pick }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kind('wait'), milliseconds: fc.constantFrom(1, 7, 1500, LEASE_MS, -5000) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('walk'), walk: walkSeed }) },
  { weight: 6, arbitrary: fc.record({ kind: kind('page'), pick }) },
);
