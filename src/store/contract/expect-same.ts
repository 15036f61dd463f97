import { expect } from 'vitest';
import { wireTime } from '../../base/wire-time.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { JobFilter } from '../../jobs/job-query.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { ListedJob } from '../../jobs/listed-job.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import type { History } from './history.ts';
import type { ModelJob } from './model-store.ts';
import { listedIds, walkByNumber, walkByPosition } from './walks.ts';

/* What store and model must agree on at a moment when nothing changes. */

export async function expectSameJob(
  store: JobStore,
  { account, jobId }: { readonly account: AccountId; readonly jobId: JobId },
  expected: ModelJob | undefined,
): Promise<void> {
  const stored = await store.get(account, jobId);
  expect(stored && summary(stored)).toEqual(expected && expectedSummary(expected));
}

/** Each job, and each listed text, which must be that of the job as it is now. */
export async function expectSameJobs({ store, model, accounts }: History): Promise<void> {
  for (const job of model.jobs) await expectSameJob(store, { account: job.account, jobId: job.id }, job);
  for (const account of accounts) {
    const pages = await walkByPosition(store, account, { filter: {}, order: 'Asc', size: 100 });
    const texts = pages.flatMap(({ jobs }) => jobs.map((text) => JSON.parse(text) as ListedJob));
    const listed = texts.map(({ JobId, JobState, ModifiedTime }) => [JobId, JobState, ModifiedTime]);
    const expected = model.matching(account, {});
    expect(listed).toEqual(expected.map(({ id, state, modifiedAt }) => [id, state, wireTime(modifiedAt)]));
  }
}

/** The list by token and by number, in both orders, and the count where there is one. */
export async function expectSameList(
  { store, model }: History,
  account: AccountId,
  { filter, size }: { readonly filter: JobFilter; readonly size: number },
): Promise<void> {
  const expected = model.matching(account, filter).map(({ id }) => id);
  for (const order of ['Asc', 'Desc'] as const) {
    const pages = await walkByPosition(store, account, { filter, order, size });
    expect(listedIds(pages)).toEqual(order === 'Asc' ? expected : expected.toReversed());
    expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / size)));
    if (filter.titleContains !== undefined) continue;
    expect(await walkByNumber(store, account, { filter, order, size })).toEqual(pages);
  }
  if (filter.titleContains === undefined) expect(await store.count(account, filter)).toBe(expected.length);
}

/** The counts by type and state, each against the jobs counted one by one. */
export async function expectSameCounts(
  { store, model }: History,
  account: AccountId,
  { createdFrom, createdBefore }: JobFilter,
): Promise<void> {
  for (const times of [{}, { createdFrom, createdBefore }]) {
    const counts = await store.countEach(account, times);
    const expected = counts.map(({ type, state }) => model.matching(account, { ...times, type, state }).length);
    expect(counts.map(({ count }) => count)).toEqual(expected);
    expect(counts).toHaveLength(16);
  }
}

/** What the model knows of a job. */
function summary(job: SmartJob): Record<string, unknown> {
  const { id, type, title, state, createdAt, modifiedAt, attempts } = job;
  return {
    ...{ id, type, title, state, createdAt, modifiedAt, attempts },
    progress: job.state === 'Executing' ? job.progress : undefined,
    failureCode: job.state === 'Failed' ? job.failure.code : undefined,
    result: job.state === 'Finished' ? job.result : undefined,
  };
}

function expectedSummary(job: ModelJob): Record<string, unknown> {
  const { id, type, title, state, createdAt, modifiedAt, attempts, progress, failureCode, result } = job;
  return { id, type, title, state, createdAt, modifiedAt, attempts, progress, failureCode, result };
}
