import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jobFailure } from '../../jobs/job-failure.ts';
import type { JobFilter } from '../../jobs/job-query.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { step, take, type History } from './history-steps.ts';
import { ModelStore, type ModelJob } from './model-store.ts';
import { ALICE, ALL_FILTERS, BOB, draft } from './sample-jobs.ts';
import { StoreFixture, type MakeHome } from './store-fixture.ts';
import { listedIds, walkByNumber, walkByPosition } from './walks.ts';

async function expectSameJobs({ fixture, model }: History): Promise<void> {
  for (const job of model.jobs) {
    const stored = await fixture.store.get(job.account, job.id);
    expect(stored && summary(stored)).toEqual(expectedSummary(job));
  }
}

async function expectSameLists({ fixture: { store }, model }: History, size: number): Promise<void> {
  for (const account of [ALICE, BOB]) {
    for (const filter of ALL_FILTERS) await expectSameList({ account, filter });
  }

  async function expectSameList({ account, filter }: { account: typeof ALICE; filter: JobFilter }): Promise<void> {
    const expected = model.matching(account, filter).map(({ id }) => id);
    await expect(store.count(account, filter)).resolves.toBe(expected.length);
    const pages = await walkByPosition(store, account, { filter, order: 'Asc', size });
    expect(listedIds(pages)).toEqual(expected);
    const backwards = await walkByNumber(store, account, { filter, order: 'Desc', size });
    expect(listedIds(backwards)).toEqual(expected.toReversed());
  }
}

async function expectTruthfulTexts({ fixture: { store } }: History): Promise<void> {
  for (const account of [ALICE, BOB]) {
    const pages = await walkByPosition(store, account, { filter: {}, order: 'Asc', size: 100 });
    for (const text of pages.flatMap(({ jobs }) => jobs)) {
      const { JobId, JobState, ModifiedTime } = JSON.parse(text) as Record<string, string>;
      const job = await store.get(account, JobId as SmartJob['id']);
      const modified = job && `${new Date(job.modifiedAt).toISOString().slice(0, 19)}Z`;
      expect({ JobState, ModifiedTime }).toEqual({ JobState: job?.state, ModifiedTime: modified });
    }
  }
}

/** What the model knows of a job. */
function summary(job: SmartJob): Record<string, unknown> {
  return {
    id: job.id,
    type: job.type,
    state: job.state,
    modifiedAt: job.modifiedAt,
    attempts: job.attempts,
    progress: job.state === 'Executing' ? job.progress : undefined,
    failureCode: job.state === 'Failed' ? job.failure.code : undefined,
    result: job.state === 'Finished' ? job.result : undefined,
  };
}

function expectedSummary(job: ModelJob): Record<string, unknown> {
  const { id, type, state, modifiedAt, attempts, progress, failureCode, result } = job;
  return { id, type, state, modifiedAt, attempts, progress, failureCode, result };
}

function historyContract(makeHome: MakeHome): void {
  test('after any history the store agrees with a plain model: jobs, lists, counts, claims, leases', async () => {
    const histories = fc.array(step, { minLength: 20, maxLength: 60, size: 'max' });
    const property = fc.asyncProperty(histories, fc.integer({ min: 1, max: 7 }), async (steps, size) => {
      const fixture = await StoreFixture.make(makeHome);
      try {
        const history = { fixture, model: new ModelStore(), leases: [] };
        for (const next of steps) await take(history, next);
        await expectSameJobs(history);
        await expectSameLists(history, size);
        await expectTruthfulTexts(history);
      } finally {
        await fixture.end();
      }
    });
    await expect(fc.assert(property, { numRuns: 25 })).resolves.toBeUndefined();
  }, 60_000);

  test('of two cancels of one moment one changes the job, and the counters follow that one', async () => {
    const fixture = await StoreFixture.make(makeHome);
    const { store } = fixture;
    const jobs = await Promise.all(Array.from({ length: 20 }, () => store.submit(ALICE, draft())));
    const failure = jobFailure('JobCanceled', 'Canceled.');
    const outcomes = await Promise.all(
      jobs.flatMap(({ id }) => [store.cancel(ALICE, id, failure), store.cancel(ALICE, id, failure)]),
    );
    expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(20);
    await expect(store.count(ALICE, { state: 'Failed' })).resolves.toBe(20);
    await expect(store.count(ALICE, { state: 'Created' })).resolves.toBe(0);
    await fixture.end();
  });
}

export function historySuite(makeHome: MakeHome): void {
  describe('histories', () => {
    historyContract(makeHome);
  });
}
